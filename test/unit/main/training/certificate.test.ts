import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { makeLoopbackIdentity } from '../../../../main/training/certificate.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';

const make = (seed = 1, wallMs = Date.now()) =>
  makeLoopbackIdentity({ clock: new FakeClock(wallMs), random: seededRandom(seed) });

/** The error of a handshake with the identity, null when the client was satisfied. */
const handshake = async (
  identity: { certificatePem: string; privateKeyPem: string },
  trust: string,
  servername: string,
): Promise<string | null> => {
  const server = createServer({ cert: identity.certificatePem, key: identity.privateKeyPem });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const socket: TLSSocket = connect({
    host: '127.0.0.1',
    port,
    ca: [trust],
    ...(servername === '127.0.0.1' ? {} : { servername }),
  });
  try {
    return await new Promise<string | null>((resolve) => {
      socket.once('secureConnect', () => resolve(null));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'ERROR'));
    });
  } finally {
    socket.destroy();
    server.close();
  }
};

describe('the certificate of the simulator', () => {
  it('is trusted for 127.0.0.1 and localhost by a client that pins it', async () => {
    const identity = await make();
    expect(await handshake(identity, identity.certificatePem, '127.0.0.1')).toBeNull();
    expect(await handshake(identity, identity.certificatePem, 'localhost')).toBeNull();
  });

  it('is refused for any other name and by whoever pins another certificate', async () => {
    const identity = await make();
    const other = await make(2);
    expect(await handshake(identity, identity.certificatePem, 'ivs.markid.eu')).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
    expect(await handshake(identity, other.certificatePem, '127.0.0.1')).toBe(
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    );
  });

  it('is a P-256 end-entity certificate for server authentication that can vouch for no other', async () => {
    const { certificatePem, privateKeyPem } = await make();
    const certificate = new X509Certificate(certificatePem);
    /** DER: basicConstraints, critical, empty (cA false); keyUsage, critical, digitalSignature alone. */
    const der = certificate.raw.toString('hex');
    expect(der).toContain('0603551d130101ff04023000');
    expect(der).toContain('0603551d0f0101ff040403020780');
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.subjectAltName).toBe('IP Address:127.0.0.1, DNS:localhost');
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  it('is valid from an hour before the given clock for 90 days', async () => {
    const nowMs = Date.UTC(2030, 5, 1, 12);
    const certificate = new X509Certificate((await make(1, nowMs)).certificatePem);
    expect(certificate.validFromDate.getTime()).toBe(nowMs - 3_600_000);
    expect(certificate.validToDate.getTime()).toBe(nowMs - 3_600_000 + 90 * 86_400_000);
  });

  it('has a positive serial number from the random port and a new key each time', async () => {
    const [one, again, other] = (await Promise.all([make(1), make(1), make(2)])).map(
      ({ certificatePem }) => new X509Certificate(certificatePem),
    );
    expect(one?.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(one?.serialNumber).toBe(again?.serialNumber);
    expect(one?.serialNumber).not.toBe(other?.serialNumber);
    expect(one?.fingerprint256).not.toBe(again?.fingerprint256);
  });
});
