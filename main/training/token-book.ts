/**
 * Owns the simulator's verification sessions: tokens that count once, references, what became of them.
 * Never holds a picture or a personal detail, and never ages by itself: state follows from the clock.
 */
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { TokenOrder } from './validation.ts';

/** What `/status` says (markid-api). DENIED, SUSPECTED and ARCHIVED need a person and never come from here. */
export type SessionStatus = 'ACTIVE' | 'REVIEWING' | 'APPROVED' | 'EXPIRED' | 'DELETED';

/** One verification. */
export interface Session {
  /** 32 ASCII characters. */
  readonly authToken: string;
  /** 36 characters. */
  readonly scanRef: string;
  readonly order: TokenOrder;
}

export interface TokenBook {
  /** Opens a session; null while the client has one that is ACTIVE. */
  mint(order: TokenOrder): Session | null;
  /** Takes the token out of use; null when it is unknown, expired or was taken before. */
  spend(authToken: string): Session | null;
  /** The submission of a spent token is good: its review starts. */
  accept(session: Session): void;
  /** Null for an unknown reference. */
  find(scanRef: string): { readonly session: Session; readonly status: SessionStatus } | null;
  /** Forgets what a session held; false while its token is still usable. Unknown references throw. */
  remove(scanRef: string): boolean;
}

/** How long a submission stays REVIEWING. Own decision: a trainee sees both states. */
export const REVIEW_MS = 15_000;

/** The oldest session is forgotten first. Own decision: a week of a busy branch. */
const MAX_SESSIONS = 10_000;

const TOKEN_BYTES = 16;

interface Entry {
  readonly session: Session;
  readonly expiresAtMs: number;
  /** `refused`: the token is spent and nothing came of it. */
  progress: 'unused' | 'refused' | 'accepted' | 'deleted';
  acceptedAtMs: number;
}

/** What a token that the bank's system hands over was asked for with: all the defaults (markid-api). */
const HANDED_OVER: TokenOrder = {
  clientId: 'handed over',
  expiryTimeS: 3600,
  country: null,
  documents: null,
  externalRef: null,
  tokenType: 'IDENTIFICATION',
  utilityBill: false,
};

/**
 * A book without sessions. Ages are counted on the monotonic clock. `takesHandedTokens`: a token that
 * was not minted here is one of the bank's own, good for one submission.
 */
export const createTokenBook = (ports: {
  readonly clock: Clock;
  readonly random: Random;
  readonly takesHandedTokens?: boolean;
}): TokenBook => {
  const { clock, random, takesHandedTokens = false } = ports;
  const byScanRef = new Map<string, Entry>();
  const byToken = new Map<string, Entry>();
  const byClient = new Map<string, Entry>();

  const statusOf = (entry: Entry): SessionStatus => {
    const nowMs = clock.monotonicMs();
    if (entry.progress === 'deleted') return 'DELETED';
    if (entry.progress === 'accepted') {
      return nowMs < entry.acceptedAtMs + REVIEW_MS ? 'REVIEWING' : 'APPROVED';
    }
    return entry.progress === 'unused' && nowMs < entry.expiresAtMs ? 'ACTIVE' : 'EXPIRED';
  };

  const entryOf = (scanRef: string): Entry => {
    const entry = byScanRef.get(scanRef);
    if (entry === undefined) throw new Error('The session is not in the book.');
    return entry;
  };

  const forgetOldest = (): void => {
    const [oldest] = byScanRef.values();
    if (oldest === undefined) return;
    const { scanRef, authToken, order } = oldest.session;
    byScanRef.delete(scanRef);
    byToken.delete(authToken);
    if (byClient.get(order.clientId) === oldest) byClient.delete(order.clientId);
  };

  const open = (authToken: string, order: TokenOrder): Entry => {
    if (byScanRef.size >= MAX_SESSIONS) forgetOldest();
    const entry: Entry = {
      session: { authToken, scanRef: random.uuid(), order },
      expiresAtMs: clock.monotonicMs() + order.expiryTimeS * 1000,
      progress: 'unused',
      acceptedAtMs: 0,
    };
    byScanRef.set(entry.session.scanRef, entry);
    byToken.set(authToken, entry);
    byClient.set(order.clientId, entry);
    return entry;
  };

  return {
    mint(order) {
      const current = byClient.get(order.clientId);
      if (current !== undefined && statusOf(current) === 'ACTIVE') return null;
      return open(Buffer.from(random.bytes(TOKEN_BYTES)).toString('hex'), order).session;
    },
    spend(authToken) {
      const entry =
        byToken.get(authToken) ?? (takesHandedTokens ? open(authToken, HANDED_OVER) : undefined);
      if (entry === undefined || statusOf(entry) !== 'ACTIVE') return null;
      entry.progress = 'refused';
      return entry.session;
    },
    accept(session) {
      const entry = entryOf(session.scanRef);
      entry.progress = 'accepted';
      entry.acceptedAtMs = clock.monotonicMs();
    },
    find(scanRef) {
      const entry = byScanRef.get(scanRef);
      return entry === undefined ? null : { session: entry.session, status: statusOf(entry) };
    },
    remove(scanRef) {
      const entry = entryOf(scanRef);
      if (statusOf(entry) === 'ACTIVE') return false;
      entry.progress = 'deleted';
      return true;
    },
  };
};
