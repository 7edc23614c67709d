/**
 * Every limit the border enforces, in one place, with its source.
 * Never a default that a caller may exceed: a limit is checked where the value enters.
 */
const MIB = 1024 * 1024;

export const LIMITS = {
  /** Any request without a picture, measured before it is parsed. Own decision: ten times the longest real one. */
  requestBytes: 64 * 1024,
  /** A picture as it comes from a camera or scanner, before it is fitted. A 4K JPEG at quality 0.95 has about 6 MiB. */
  pictureBytes: 12 * MIB,
  /** Decoded pixels accepted. Source: delivery.md (`limitInputPixels`); 12 Mpx cameras and A4 at 600 dpi (35 Mpx) fit. */
  picturePixels: 60_000_000,
  /** Side of a camera's picture, and its frames a second. Own decision: no camera has a quarter of either. */
  cameraSidePx: 65_535,
  cameraFramesPerSecond: 1000,
  /** Longer side of a scanned page: A4 at 600 dpi has 7 016. Own decision: a banner is no page. */
  pageSidePx: 65_535,
  /** Pictures cut out of pages in one call: one for each step. */
  cutsAtOnce: 4,
  /** One picture on the wire, binary. Source: Mark ID's 6 MB counted on base64 text is 4.5 MB; own hard cap below it. */
  sentPictureBytes: 3_500_000,
  /** A whole request on the wire. Source: Mark ID, direct processing: 20 MB. */
  sentRequestBytes: 20_000_000,
  /** Requests per channel in any ten seconds. Own decision: a person is slower by far, a runaway loop is not. */
  requestsPerTenSeconds: 120,
  /** Verification token. Source: Mark ID family pages: 10–40 ASCII characters. */
  authTokenMinChars: 10,
  authTokenMaxChars: 40,
  /** What the bank calls a customer by. Source: Mark ID's `clientId`, at most 100 ASCII characters. */
  customerReferenceMaxChars: 100,
  /** API key and secret. Own decision: far above what the vendor issues. */
  credentialMaxChars: 256,
  /** Items and receipts one look at the outbox lists. Own decision: ten screens of them. */
  outboxListedItems: 200,
  /** Events one look at the log lists. Own decision: some screens of them. */
  eventPageSize: 50,
  /** Operator PIN digits. Own decision: six digits and a growing lock-out. */
  pinMinDigits: 6,
  pinMaxDigits: 12,
  /** Vault passphrase. Source: NIST SP 800-63B-4 §3.1.1.2: at least 15 when it stands alone. */
  passphraseMinChars: 15,
  passphraseMaxChars: 256,
} as const;
