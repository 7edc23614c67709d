import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNetTransport } from '../../../../main/shell/net-transport.ts';
import { makeCertificate, type TestCertificate } from '../../../support/certificates.ts';
import { asked, failure, latestRequest, reset, start } from './fake-net.ts';

vi.mock('electron', () => import('./fake-net.ts'));

const ORIGIN = 'https://ivs.markid.test';
const plain = () => createNetTransport({ origin: ORIGIN });

beforeEach(() => {
  vi.useFakeTimers();
  reset();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('SEC-25 net transport', () => {
  let authority: TestCertificate;
  let server: TestCertificate;
  let other: TestCertificate;

  beforeAll(async () => {
    authority = await makeCertificate({ subject: 'CN=bank authority', isCa: true });
    server = await makeCertificate({ issuer: authority });
    other = await makeCertificate();
  });

  /** What the session of a transport says to a chain Chromium has judged with `errorCode`. */
  const verdictOn = (
    trust: Parameters<typeof createNetTransport>[0],
    chain: readonly TestCertificate[],
    errorCode: number,
    hostname = '127.0.0.1',
  ): number | undefined => {
    createNetTransport(trust);
    const certificate = chain.reduceRight<object | undefined>(
      (issuerCert, { certificatePem }) => ({ data: certificatePem, issuerCert }),
      undefined,
    );
    const verdicts: number[] = [];
    const verify = asked.sessions.at(-1)?.verify;
    verify?.({ hostname, certificate: certificate ?? {}, errorCode }, (verdict) =>
      verdicts.push(verdict),
    );
    expect(verdicts).toHaveLength(1);
    return verdicts[0];
  };

  it('leaves the judgement to Chromium where the policy adds nothing', () => {
    createNetTransport({ origin: ORIGIN });
    expect(asked.sessions[0]?.verify).toBeNull();
  });

  it('accepts an unknown authority only when the chain leads to the extra CA', () => {
    const trust = { origin: ORIGIN, extraCaPem: authority.certificatePem };
    expect(verdictOn(trust, [server, authority], -202)).toBe(0);
    expect(verdictOn(trust, [server], -202)).toBe(0);
    expect(verdictOn(trust, [other], -202)).toBe(-3);
    expect(verdictOn(trust, [server, authority], -202, 'elsewhere.test')).toBe(-3);
  });

  it.each([0, -200, -201, -206, -207, -208, -211])(
    "keeps Chromium's verdict %d whatever the extra CA says",
    (errorCode) => {
      const trust = { origin: ORIGIN, extraCaPem: authority.certificatePem };
      expect(verdictOn(trust, [server, authority], errorCode)).toBe(-3);
    },
  );

  it('accepts the pinned certificate and refuses what Chromium or an extra CA would accept', () => {
    const trust = {
      origin: ORIGIN,
      pinnedCertificatePem: server.certificatePem,
      extraCaPem: authority.certificatePem,
    };
    expect(verdictOn(trust, [server], -202)).toBe(0);
    expect(verdictOn(trust, [other], 0)).toBe(-202);
    expect(verdictOn(trust, [authority, server], 0)).toBe(-202);
    expect(verdictOn(trust, [server], -202, 'elsewhere.test')).toBe(-202);
  });

  it('walks a ring of issuers only so far', () => {
    createNetTransport({ origin: ORIGIN, extraCaPem: authority.certificatePem });
    const ring: { data: string; issuerCert?: object } = { data: other.certificatePem };
    ring.issuerCert = ring;
    const verify = asked.sessions.at(-1)?.verify;
    const callback = vi.fn<(verdict: number) => void>();
    verify?.({ hostname: '127.0.0.1', certificate: ring, errorCode: -202 }, callback);
    expect(callback).toHaveBeenCalledExactlyOnceWith(-3);
  });

  it.each([301, 302, 303, 307, 308])('returns a %d and follows it nowhere', async (status) => {
    const { outcome } = await start(plain());
    const outgoing = latestRequest();
    const followRedirect = vi.fn<() => void>();
    Object.assign(outgoing, { followRedirect });
    outgoing.emit('redirect', status, 'POST', 'https://elsewhere.test/', {});
    outgoing.emit('error', new Error('Redirect was cancelled'));

    expect(await outcome).toMatchObject({ ok: true, value: { status } });
    expect(followRedirect).not.toHaveBeenCalled();
    expect(asked.requests).toHaveLength(1);
  });

  it.each(['//elsewhere.test/api', '/\\elsewhere.test/', 'https://elsewhere.test/'])(
    'refuses the path %j before it asks Electron for anything',
    async (path) => {
      const { outcome } = await start(plain(), { path });
      expect(await outcome).toEqual(failure('ORIGIN_NOT_ALLOWED'));
      expect(asked.requests).toEqual([]);
      expect(asked.sessions[0]?.closings).toBe(0);
    },
  );

  it('is not made for an http origin', () => {
    expect(() => createNetTransport({ origin: 'http://ivs.markid.test' })).toThrow(
      'bare https origin',
    );
    expect(asked.sessions).toEqual([]);
  });
});
