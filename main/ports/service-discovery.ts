/** Scanners that announce themselves (DNS-SD over multicast DNS), as a port. */
import { Bonjour, type Service } from 'bonjour-service';

export interface AnnouncedService {
  /** As announced: text of a stranger. */
  readonly name: string;
  /** An IPv4 address of the branch's own network, or null where none was announced. */
  readonly address: string | null;
  readonly port: number;
  /** TXT record; values of strangers. */
  readonly txt: Readonly<Record<string, string>>;
  readonly isSecure: boolean;
}

/** Listens for scanners for `ms`, or until the signal aborts. Never rejects: no network is no scanner. */
export type DiscoverScanners = (
  ms: number,
  signal: AbortSignal,
) => Promise<readonly AnnouncedService[]>;

/** Services looked at in one round; a network with more floods us. */
const MAX_SERVICES = 64;
const MAX_TXT_ENTRIES = 32;
const MAX_TXT_CHARS = 255;

/**
 * RFC 1918, RFC 3927 and loopback: an announcement comes from the same link, so an address elsewhere
 * is a mistake or a trap.
 */
const isLocal = (address: string): boolean =>
  /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(address);

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= MAX_TXT_CHARS ? value : null;

const announced = (service: Service, isSecure: boolean): AnnouncedService => {
  const txt: unknown = service.txt;
  const entries = typeof txt === 'object' && txt !== null ? Object.entries(txt) : [];
  return {
    name: service.name,
    address: (service.addresses ?? []).find(isLocal) ?? null,
    port: service.port,
    isSecure,
    txt: Object.fromEntries(
      entries.slice(0, MAX_TXT_ENTRIES).flatMap(([key, value]) => {
        const text = textOf(value);
        return text === null ? [] : [[key.toLowerCase(), text] as const];
      }),
    ),
  };
};

/** Multicast DNS on the machine's own networks. */
export const discoverByMulticast: DiscoverScanners = (ms, signal) =>
  new Promise((resolve) => {
    const found: AnnouncedService[] = [];
    let bonjour: Bonjour | null = null;
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      bonjour?.destroy();
      resolve(found);
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
    if (signal.aborted) {
      finish();
      return;
    }
    try {
      bonjour = new Bonjour({}, finish);
      for (const [type, isSecure] of [
        ['uscan', false],
        ['uscans', true],
      ] as const)
        bonjour.find({ type }, (service) => {
          if (found.length < MAX_SERVICES) found.push(announced(service, isSecure));
        });
    } catch {
      finish();
    }
  });
