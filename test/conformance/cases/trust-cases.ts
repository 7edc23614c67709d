/** SEC-25: whom a transport speaks to. What it does not trust gets not a byte of the request. */
import { answered, arrives, staysAtHome, type ConformanceCase } from '../conformance-case.ts';
import type { Identities } from '../identities.ts';
import { answerEmpty } from '../servers.ts';
import type { WireOutcome } from '../wire-end.ts';

const untrusted = staysAtHome('TLS_NOT_TRUSTED');

/** A server that shows one certificate, met by a client that trusts the run's authority. */
const shows = (
  what: string,
  name: keyof Identities,
  expected: WireOutcome = 'TLS_NOT_TRUSTED',
): ConformanceCase => ({
  name: `a server certificate that ${what}`,
  expected: expected === 'TLS_NOT_TRUSTED' ? untrusted : arrives(expected),
  play: async (stage) => {
    const trust = await stage.serve(answerEmpty, stage.identities[name]);
    return [await stage.send({ trust })];
  },
});

export const TRUST_CASES: readonly ConformanceCase[] = [
  shows('the extra CA issued', 'server', answered(200)),
  shows('is self-signed', 'selfSigned'),
  shows('has expired', 'expired'),
  shows('is not valid yet', 'notYetValid'),
  shows('is for another host', 'otherHost'),
  {
    name: 'a server certificate of an unknown CA, without an extra CA',
    expected: untrusted,
    play: async (stage) => {
      const { origin } = await stage.serve(answerEmpty);
      return [await stage.send({ trust: { origin } })];
    },
  },
  {
    name: 'a server certificate of an unknown CA, with another extra CA',
    expected: untrusted,
    play: async (stage) => {
      const { origin } = await stage.serve(answerEmpty);
      const extraCaPem = stage.identities.otherAuthority.certificatePem;
      return [await stage.send({ trust: { origin, extraCaPem } })];
    },
  },
  {
    name: 'a self-signed server certificate that is pinned',
    expected: arrives(answered(200)),
    play: async (stage) => {
      const { origin } = await stage.serve(answerEmpty, stage.identities.selfSigned);
      const pinnedCertificatePem = stage.identities.selfSigned.certificatePem;
      return [await stage.send({ trust: { origin, pinnedCertificatePem } })];
    },
  },
  {
    name: 'a valid server certificate that is not the pinned one',
    expected: untrusted,
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty);
      const pinnedCertificatePem = stage.identities.selfSigned.certificatePem;
      return [await stage.send({ trust: { ...trust, pinnedCertificatePem } })];
    },
  },
  {
    name: 'a server certificate issued by the pinned one',
    expected: untrusted,
    play: async (stage) => {
      const { origin } = await stage.serve(answerEmpty);
      const pinnedCertificatePem = stage.identities.authority.certificatePem;
      return [await stage.send({ trust: { origin, pinnedCertificatePem } })];
    },
  },
  {
    name: 'a server that another trust has just accepted',
    expected: {
      outcomes: [answered(200), 'TLS_NOT_TRUSTED'],
      requests: 1,
      received: 'part',
      tunnels: 0,
    },
    play: async (stage) => {
      const { origin } = await stage.serve(answerEmpty);
      const trusted = { origin, extraCaPem: stage.identities.authority.certificatePem };
      return [await stage.send({ trust: trusted }), await stage.send({ trust: { origin } })];
    },
  },
  {
    name: 'a server that speaks TLS 1.2 at most',
    expected: arrives(answered(200)),
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty, undefined, { maxVersion: 'TLSv1.2' });
      return [await stage.send({ trust })];
    },
  },
  {
    name: 'a server that speaks TLS 1.1 at most',
    expected: untrusted,
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty, undefined, {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      return [await stage.send({ trust })];
    },
  },
  {
    name: 'a server that speaks no TLS at all',
    expected: untrusted,
    play: async (stage) => {
      const trust = await stage.listen((socket) => {
        socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      });
      return [await stage.send({ trust })];
    },
  },
  {
    name: 'a path that leads to another origin',
    expected: staysAtHome('ORIGIN_NOT_ALLOWED'),
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty);
      const elsewhere = await stage.serve(answerEmpty);
      const path = `${elsewhere.origin.replace('https:', '')}/api/v2/process`;
      return [await stage.send({ trust, path })];
    },
  },
];
