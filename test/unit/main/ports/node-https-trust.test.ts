import type { ServerOptions } from 'node:https';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Trust } from '../../../../main/ports/http-transport.ts';
import { createNodeHttpsTransport } from '../../../../main/ports/node-https-transport.ts';
import { makeCertificate, type TestCertificate } from '../../../support/certificates.ts';
import { answerEmpty, sendTo, startServer, startTcp, type TestServer } from './test-server.ts';

const untrusted = { ok: false, error: { code: 'TLS_NOT_TRUSTED' } };
/** Not even a header may reach a server that is not trusted. */
const refused = { outcome: untrusted, receivedBytes: 0, requests: 0 };

let authority: TestCertificate;
let identity: TestCertificate;
let selfSigned: TestCertificate;

beforeAll(async () => {
  authority = await makeCertificate({ subject: 'CN=bank authority', isCa: true });
  identity = await makeCertificate({ issuer: authority });
  selfSigned = await makeCertificate({ subject: 'CN=pinned' });
});

const trusting = (server: TestServer): Trust => ({
  origin: server.origin,
  extraCaPem: authority.certificatePem,
});

describe('SEC-25 node https transport', () => {
  /** What a server that presents this certificate gets, and what comes of sending to it. */
  const meet = async (
    presented: TestCertificate,
    trustOf: (server: TestServer) => Trust,
    options: ServerOptions = {},
  ) => {
    const server = await startServer(presented, answerEmpty, options);
    const outcome = await sendTo(trustOf(server));
    return { outcome, receivedBytes: server.receivedBytes(), requests: server.requests() };
  };

  it('refuses a self-signed certificate before a byte is sent', async () => {
    expect(await meet(selfSigned, ({ origin }) => ({ origin }))).toEqual(refused);
  });

  it('refuses a certificate of an authority that was not added', async () => {
    expect(await meet(identity, ({ origin }) => ({ origin }))).toEqual(refused);
  });

  it('refuses an expired certificate', async () => {
    const expired = await makeCertificate({
      issuer: authority,
      validFromDays: -9,
      validToDays: -1,
    });
    expect(await meet(expired, trusting)).toEqual(refused);
  });

  it('refuses a certificate for another host', async () => {
    const other = await makeCertificate({
      issuer: authority,
      dnsNames: ['other.example'],
      ipAddresses: ['127.0.0.2'],
    });
    expect(await meet(other, trusting)).toEqual(refused);
  });

  it('refuses TLS 1.1', async () => {
    expect(
      await meet(identity, trusting, {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
    ).toEqual(refused);
  });

  it('accepts TLS 1.2', async () => {
    const server = await startServer(identity, answerEmpty, { maxVersion: 'TLSv1.2' });
    expect(await sendTo(trusting(server))).toMatchObject({ ok: true });
    expect(server.receivedBytes()).toBeGreaterThan(0);
  });

  it('refuses a server that speaks no TLS at all', async () => {
    let received = Buffer.alloc(0);
    const origin = await startTcp((socket) => {
      socket.on('data', (chunk) => {
        received = Buffer.concat([received, chunk]);
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
    });
    expect(await sendTo({ origin })).toEqual(untrusted);
    expect(received.toString('latin1')).not.toContain('POST');
    expect(received.toString('latin1')).not.toContain('scanRef');
  });

  it('accepts the pinned certificate and no other, whatever the system trusts', async () => {
    const pinned = await startServer(selfSigned, answerEmpty);
    expect(
      await sendTo({ origin: pinned.origin, pinnedCertificatePem: selfSigned.certificatePem }),
    ).toMatchObject({ ok: true });
    expect(
      await meet(identity, ({ origin }) => ({
        origin,
        extraCaPem: authority.certificatePem,
        pinnedCertificatePem: selfSigned.certificatePem,
      })),
    ).toEqual(refused);
  });

  it('refuses a certificate issued by the pinned one', async () => {
    expect(
      await meet(identity, ({ origin }) => ({
        origin,
        pinnedCertificatePem: authority.certificatePem,
      })),
    ).toEqual(refused);
  });

  it('accepts a pinned certificate that an unknown authority issued', async () => {
    const server = await startServer(identity, answerEmpty);
    expect(
      await sendTo({ origin: server.origin, pinnedCertificatePem: identity.certificatePem }),
    ).toMatchObject({ ok: true });
  });

  it('keeps verifying when the environment asks for no verification', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await meet(selfSigned, ({ origin }) => ({ origin }))).toEqual(refused);
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it.each([301, 302, 303, 307, 308])('returns a %d and follows it nowhere', async (status) => {
    const elsewhere = await startServer(identity, answerEmpty);
    const server = await startServer(identity, (request, response) => {
      request.resume().on('end', () => {
        response.writeHead(status, { Location: `${elsewhere.origin}/api/v2/process` }).end();
      });
    });

    expect(await sendTo(trusting(server))).toMatchObject({ ok: true, value: { status } });
    expect(elsewhere.requests()).toBe(0);
  });

  it('refuses a path that leads to another origin and connects to nobody', async () => {
    const elsewhere = await startServer(identity, answerEmpty);
    const server = await startServer(identity, answerEmpty);

    expect(
      await sendTo(trusting(server), { path: `//127.0.0.1:${String(elsewhere.port)}/api` }),
    ).toEqual({ ok: false, error: { code: 'ORIGIN_NOT_ALLOWED' } });
    expect(elsewhere.receivedBytes() + server.receivedBytes()).toBe(0);
  });

  it('is not made for an http origin', () => {
    expect(() => createNodeHttpsTransport({ origin: 'http://127.0.0.1' })).toThrow(
      'bare https origin',
    );
  });
});
