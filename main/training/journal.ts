/**
 * Counts what the simulator was asked: requests by route, submissions by token.
 * Never keeps a body, a picture or a reference.
 */
import type { Route } from './routes.ts';

/** What became of one token at `/process`. */
export interface SubmissionCounts {
  /** Bodies with this token that arrived whole, also when a fault then swallowed them. */
  readonly posted: number;
  /** Of these, accepted; never more than 1. */
  readonly accepted: number;
}

/** The reader's side. */
export interface Journal {
  /** Requests whose headers arrived. `other`: any path that is no route. */
  requestCount(route: Route | 'other'): number;
  /** Counts of one token; zeros for a token that was never seen. */
  submissionsOf(authToken: string): SubmissionCounts;
  /** Counts of each token seen at `/process`, oldest first. */
  submissions(): ReadonlyMap<string, SubmissionCounts>;
}

/** The simulator's side. */
export interface JournalWriter extends Journal {
  noteRequest(route: Route | 'other'): void;
  notePosted(authToken: string): void;
  noteAccepted(authToken: string): void;
}

/** Oldest tokens are forgotten first. Own decision, as many as the token book remembers. */
const MAX_TOKENS = 10_000;

const NEVER: SubmissionCounts = { posted: 0, accepted: 0 };

/** An empty journal. */
export const createJournal = (): JournalWriter => {
  const requests = new Map<Route | 'other', number>();
  const submissions = new Map<string, SubmissionCounts>();

  const change = (authToken: string, counts: SubmissionCounts): void => {
    submissions.set(authToken, counts);
    const [oldest] = submissions.keys();
    if (submissions.size > MAX_TOKENS && oldest !== undefined) submissions.delete(oldest);
  };
  const submissionsOf = (authToken: string): SubmissionCounts =>
    submissions.get(authToken) ?? NEVER;

  return {
    requestCount: (route) => requests.get(route) ?? 0,
    submissionsOf,
    submissions: () => new Map(submissions),
    noteRequest(route) {
      requests.set(route, (requests.get(route) ?? 0) + 1);
    },
    notePosted(authToken) {
      const counts = submissionsOf(authToken);
      change(authToken, { ...counts, posted: counts.posted + 1 });
    },
    noteAccepted(authToken) {
      const counts = submissionsOf(authToken);
      change(authToken, { ...counts, accepted: counts.accepted + 1 });
    },
  };
};
