/**
 * Makes the certificate the embedded simulator shows: self-signed, for loopback only, new at each start.
 * Never stores a key or a certificate, and never makes one that could vouch for another.
 */
import { KeyObject, webcrypto } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

/** A certificate and its private key (PKCS #8), both PEM. */
export interface ServerIdentity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** The certificate starts earlier than now, so that a clock set back a little does not refuse it. Own decision. */
const BACKDATED_MS = 60 * 60 * 1000;

/** Longer than a kiosk runs without a restart, short enough to be worthless. Own decision. */
const VALIDITY_MS = 90 * 24 * 60 * 60 * 1000;

/** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
const SERIAL_BYTES = 16;

const positiveSerial = (random: Random): string => {
  const serial = Buffer.from(random.bytes(SERIAL_BYTES));
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  return serial.toString('hex');
};

/**
 * The X.509 library, loaded on demand: it takes about a quarter of a second (measured), which a
 * kiosk in production must not pay. It refuses to load before the metadata polyfill.
 */
const loadX509 = async () => {
  await import('reflect-metadata');
  return import('@peculiar/x509');
};

/**
 * A fresh ECDSA P-256 identity for `127.0.0.1` and `localhost`, valid from an hour ago for 90 days of
 * the wall clock. An end-entity certificate (RFC 5280 §4.2.1.9: cA false), so whoever trusts it
 * trusts this one key and nothing signed by it.
 */
export const makeLoopbackIdentity = async (ports: {
  readonly clock: Clock;
  readonly random: Random;
}): Promise<ServerIdentity> => {
  const x509 = await loadX509();
  const signature = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(signature, true, ['sign', 'verify']);
  const startsAtMs = ports.clock.wallMs() - BACKDATED_MS;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: positiveSerial(ports.random),
    name: 'CN=Mark ID Kiosk training simulator',
    notBefore: new Date(startsAtMs),
    notAfter: new Date(startsAtMs + VALIDITY_MS),
    signingAlgorithm: signature,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    privateKeyPem: KeyObject.from(keys.privateKey)
      .export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  };
};
