/**
 * Knows each https scanner by its certificate, as no authority vouches for one: by the policy's pin,
 * else by the first certificate seen since the kiosk started. A restart is the way on after a
 * scanner was replaced; a changed certificate in between is refused.
 */
import type { TrustsCertificate } from '../../ports/device-http.ts';

export interface ScannerPin {
  readonly origin: string;
  /** SHA-256 of the certificate, lower-case hex; null where the first one seen counts. */
  readonly certificateSha256: string | null;
}

/** Own decision: a branch has a handful of scanners; a network that shows more certificates is a flood. */
const MAX_REMEMBERED = 256;

export const createPinBook = (pins: readonly ScannerPin[]): TrustsCertificate => {
  const known = new Map(
    pins.flatMap(({ origin, certificateSha256: pin }) => (pin === null ? [] : [[origin, pin]])),
  );
  return (origin, sha256) => {
    const pinned = known.get(origin);
    if (pinned === undefined && known.size < MAX_REMEMBERED) known.set(origin, sha256);
    return pinned === undefined ? known.has(origin) : pinned === sha256;
  };
};
