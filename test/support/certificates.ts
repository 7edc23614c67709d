/** Makes certificates for tests: authorities, servers, and every kind of wrong one. */
import { KeyObject } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface TestCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly keys: CryptoKeyPair;
  readonly subject: string;
}

export interface CertificateWish {
  readonly subject?: string;
  /** Self-signed without one. */
  readonly issuer?: TestCertificate;
  readonly isCa?: boolean;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  /** Days from now. */
  readonly validFromDays?: number;
  readonly validToDays?: number;
  /** Object identifiers of the extended key usage; no extension when missing. */
  readonly purposes?: readonly string[];
  readonly hash?: 'SHA-1' | 'SHA-256';
  /** RSA of this size instead of P-256. */
  readonly rsaBits?: number;
  readonly hasNameConstraints?: boolean;
  /** False: no alternative names at all. */
  readonly hasNames?: boolean;
}

let serial = 1000;

/** Makes one; for 127.0.0.1 and localhost unless told otherwise. */
export const makeCertificate = async (wish: CertificateWish = {}): Promise<TestCertificate> => {
  const { hash = 'SHA-256', rsaBits, issuer, isCa = false } = wish;
  const subject = wish.subject ?? 'CN=test server';
  const algorithm =
    rsaBits === undefined
      ? { name: 'ECDSA', namedCurve: 'P-256', hash }
      : {
          name: 'RSASSA-PKCS1-v1_5',
          modulusLength: rsaBits,
          publicExponent: Uint8Array.of(1, 0, 1),
          hash,
        };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuerKeys = issuer?.keys ?? keys;
  const nowMs = Date.now();
  const extensions: x509.Extension[] = [new x509.BasicConstraintsExtension(isCa, undefined, true)];
  if (!isCa && wish.hasNames !== false)
    extensions.push(
      new x509.SubjectAlternativeNameExtension([
        ...(wish.dnsNames ?? ['localhost']).map((value) => ({ type: 'dns' as const, value })),
        ...(wish.ipAddresses ?? ['127.0.0.1']).map((value) => ({ type: 'ip' as const, value })),
      ]),
    );
  if (isCa)
    extensions.push(
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
    );
  if (wish.purposes !== undefined)
    extensions.push(new x509.ExtendedKeyUsageExtension([...wish.purposes]));
  if (wish.hasNameConstraints === true)
    // permittedSubtrees: dNSName "localhost"
    extensions.push(
      new x509.Extension(
        '2.5.29.30',
        true,
        Buffer.from('300fa00d300b82096c6f63616c686f7374', 'hex'),
      ),
    );
  serial += 1;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(4, '0'),
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore: new Date(nowMs + (wish.validFromDays ?? -1) * DAY_MS),
    notAfter: new Date(nowMs + (wish.validToDays ?? 1) * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: issuerKeys.privateKey,
    signingAlgorithm: { name: issuerKeys.privateKey.algorithm.name, hash },
    extensions,
  });
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    privateKeyPem: KeyObject.from(keys.privateKey)
      .export({ type: 'pkcs8', format: 'pem' })
      .toString(),
    keys,
    subject,
  };
};
