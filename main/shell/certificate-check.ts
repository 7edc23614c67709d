/**
 * Judges a server's certificates by what the policy added to the system's trust: an extra CA, or
 * one pinned certificate. Pure; knows no Electron. Must never accept what a system check with the
 * same CA would refuse: host, dates, CA flag, purpose, key and signature are all looked at, and
 * what can't be judged here (name constraints) is refused. Path length constraints are not read.
 */
// SECURITY: SEC-25
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** What a server showed, and for whom and when it must hold. */
export interface PresentedChain {
  /** PEM, the server's own certificate first, the others in any order. */
  readonly certificatesPem: readonly string[];
  /** Host name or IP literal the connection was meant for. */
  readonly hostname: string;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: number;
}

/** Longest chain followed. Own decision: real ones have two to four certificates. */
const MAX_CHAIN_LENGTH = 8;

/** Weakest RSA key. Source: CA/Browser Forum Baseline Requirements §6.1.5. */
const MIN_RSA_BITS = 2048;

/** Extended key usage: server authentication, any (RFC 5280 §4.2.1.12). */
const SERVER_PURPOSES: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.3.1', '2.5.29.37.0']);

/** DER of the name constraints' object identifier, 2.5.29.30 (RFC 5280 §4.2.1.10). */
const NAME_CONSTRAINTS_OID = Buffer.from('0603551d1e', 'hex');

const parseAll = (certificatesPem: readonly string[]): X509Certificate[] | null => {
  try {
    return certificatesPem.map((pem) => new X509Certificate(pem));
  } catch {
    return null;
  }
};

const splitPem = (pem: string): readonly string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

const isInDate = (certificate: X509Certificate, nowMs: number): boolean =>
  certificate.validFromDate.getTime() <= nowMs && nowMs <= certificate.validToDate.getTime();

const isFor = (certificate: X509Certificate, hostname: string): boolean => {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  // `never`: the common name is no host name, not even without alternative names.
  return isIP(bare) === 0
    ? certificate.checkHost(bare, { subject: 'never', partialWildcards: false }) !== undefined
    : certificate.checkIP(bare) !== undefined;
};

const isStrong = (certificate: X509Certificate): boolean => {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS)
    return false;
  return !/md[245]|sha-?1(?![0-9])/i.test(certificate.signatureAlgorithm ?? '');
};

const isServerCertificate = (leaf: X509Certificate, { hostname, nowMs }: PresentedChain): boolean =>
  isInDate(leaf, nowMs) &&
  isFor(leaf, hostname) &&
  isStrong(leaf) &&
  // Node's types miss that a certificate without the extension has no list.
  ((leaf.keyUsage as readonly string[] | undefined)?.some((purpose) =>
    SERVER_PURPOSES.has(purpose),
  ) ??
    true);

const isUsableCa = (certificate: X509Certificate, nowMs: number): boolean =>
  certificate.ca &&
  isInDate(certificate, nowMs) &&
  isStrong(certificate) &&
  !certificate.raw.includes(NAME_CONSTRAINTS_OID);

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

/** Whether the server's certificate is the pinned one, byte for byte, in date and for this host. */
export const isPinnedCertificate = (chain: PresentedChain, pinnedPem: string): boolean => {
  const parsed = parseAll([...chain.certificatesPem.slice(0, 1), pinnedPem]);
  const [leaf, pinned] = parsed ?? [];
  return (
    leaf !== undefined &&
    pinned !== undefined &&
    leaf.raw.equals(pinned.raw) &&
    isServerCertificate(leaf, chain)
  );
};

/**
 * Whether the server's certificate is in date, for this host, and leads through valid issuers to
 * a certificate of the extra CA file, or is itself named there.
 */
export const leadsToExtraCa = (chain: PresentedChain, extraCaPem: string): boolean => {
  const anchors = parseAll(splitPem(extraCaPem));
  const presented = parseAll(chain.certificatesPem.slice(0, MAX_CHAIN_LENGTH));
  const leaf = presented?.[0];
  if (anchors === null || presented === null || leaf === undefined) return false;
  if (!isServerCertificate(leaf, chain)) return false;
  if (anchors.some((anchor) => anchor.raw.equals(leaf.raw))) return true;

  const usableAnchors = anchors.filter((anchor) => isUsableCa(anchor, chain.nowMs));
  let unused = presented.slice(1).filter((issuer) => isUsableCa(issuer, chain.nowMs));
  let current = leaf;
  for (;;) {
    const child = current;
    if (usableAnchors.some((anchor) => isIssuedBy(child, anchor))) return true;
    const issuer = unused.find((candidate) => isIssuedBy(child, candidate));
    if (issuer === undefined) return false;
    unused = unused.filter((candidate) => candidate !== issuer);
    current = issuer;
  }
};
