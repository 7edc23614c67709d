import { beforeAll, describe, expect, it } from 'vitest';
import { isPinnedCertificate, leadsToExtraCa } from '../../../../main/shell/certificate-check.ts';
import {
  makeCertificate,
  type CertificateWish,
  type TestCertificate,
} from '../../../support/certificates.ts';

let root: TestCertificate;
let middle: TestCertificate;
let server: TestCertificate;

beforeAll(async () => {
  root = await makeCertificate({ subject: 'CN=bank root', isCa: true });
  middle = await makeCertificate({ subject: 'CN=bank middle', issuer: root, isCa: true });
  server = await makeCertificate({ issuer: middle, dnsNames: ['ivs.bank.test', '*.wild.test'] });
});

const shown = (
  certificates: readonly TestCertificate[],
  hostname = '127.0.0.1',
  nowMs = Date.now(),
) => ({
  certificatesPem: certificates.map(({ certificatePem }) => certificatePem),
  hostname,
  nowMs,
});

const DAY_MS = 24 * 60 * 60 * 1000;

describe('SEC-25 extra CA', () => {
  it('accepts a server through an intermediate, wherever that stands in the chain', () => {
    expect(leadsToExtraCa(shown([server, middle]), root.certificatePem)).toBe(true);
    expect(leadsToExtraCa(shown([server, root, middle]), root.certificatePem)).toBe(true);
  });

  it('accepts an intermediate as the anchor, and finds it among several', async () => {
    const other = await makeCertificate({ subject: 'CN=other root', isCa: true });
    const file = `# two authorities\n${other.certificatePem}\n${middle.certificatePem}`;
    expect(leadsToExtraCa(shown([server]), file)).toBe(true);
  });

  it('accepts a server certificate that the file itself names', async () => {
    const lone = await makeCertificate({ subject: 'CN=lone' });
    expect(leadsToExtraCa(shown([lone]), lone.certificatePem)).toBe(true);
  });

  it.each(['ivs.bank.test', 'a.wild.test', '127.0.0.1'])('accepts it for %s', (hostname) => {
    expect(leadsToExtraCa(shown([server, middle], hostname), root.certificatePem)).toBe(true);
  });

  it.each(['bank.test', 'a.b.wild.test', 'wild.test', '127.0.0.2', '[::1]', '', 'test server'])(
    'refuses it for %j',
    (hostname) => {
      expect(leadsToExtraCa(shown([server, middle], hostname), root.certificatePem)).toBe(false);
    },
  );

  it('takes no common name for a host name', async () => {
    const nameless = await makeCertificate({
      subject: 'CN=ivs.bank.test',
      issuer: root,
      hasNames: false,
    });
    expect(leadsToExtraCa(shown([nameless], 'ivs.bank.test'), root.certificatePem)).toBe(false);
  });

  it('refuses a chain with a gap', () => {
    expect(leadsToExtraCa(shown([server]), root.certificatePem)).toBe(false);
  });

  it('refuses a chain to an authority of the same name with another key', async () => {
    const impostor = await makeCertificate({ subject: 'CN=bank root', isCa: true });
    expect(leadsToExtraCa(shown([server, middle]), impostor.certificatePem)).toBe(false);
  });

  it('refuses outside the validity of server, intermediate or anchor', async () => {
    const now = Date.now();
    for (const nowMs of [now - 2 * DAY_MS, now + 2 * DAY_MS])
      expect(leadsToExtraCa(shown([server, middle], '127.0.0.1', nowMs), root.certificatePem)).toBe(
        false,
      );

    const stale: CertificateWish = { validFromDays: -9, validToDays: -1 };
    const staleMiddle = await makeCertificate({
      ...stale,
      subject: 'CN=m',
      issuer: root,
      isCa: true,
    });
    const underStaleMiddle = await makeCertificate({ issuer: staleMiddle });
    expect(leadsToExtraCa(shown([underStaleMiddle, staleMiddle]), root.certificatePem)).toBe(false);

    const staleRoot = await makeCertificate({ ...stale, subject: 'CN=r', isCa: true });
    const underStaleRoot = await makeCertificate({ issuer: staleRoot });
    expect(leadsToExtraCa(shown([underStaleRoot]), staleRoot.certificatePem)).toBe(false);
  });

  it('refuses an issuer that is no authority, in the chain or in the file', async () => {
    const plain = await makeCertificate({ subject: 'CN=plain', issuer: root });
    const forged = await makeCertificate({ issuer: plain });
    expect(leadsToExtraCa(shown([forged, plain]), root.certificatePem)).toBe(false);
    expect(leadsToExtraCa(shown([forged]), plain.certificatePem)).toBe(false);
  });

  it('refuses a certificate that is not for servers, and accepts one that says it is', async () => {
    const mail = await makeCertificate({ issuer: root, purposes: ['1.3.6.1.5.5.7.3.4'] });
    const web = await makeCertificate({ issuer: root, purposes: ['1.3.6.1.5.5.7.3.1'] });
    expect(leadsToExtraCa(shown([mail]), root.certificatePem)).toBe(false);
    expect(leadsToExtraCa(shown([web]), root.certificatePem)).toBe(true);
  });

  it('refuses SHA-1 signatures and short RSA keys', async () => {
    const sha1 = await makeCertificate({ issuer: root, hash: 'SHA-1' });
    const short = await makeCertificate({ issuer: root, rsaBits: 1024 });
    const long = await makeCertificate({ issuer: root, rsaBits: 2048 });
    expect(leadsToExtraCa(shown([sha1]), root.certificatePem)).toBe(false);
    expect(leadsToExtraCa(shown([short]), root.certificatePem)).toBe(false);
    expect(leadsToExtraCa(shown([long]), root.certificatePem)).toBe(true);
  });

  it('refuses authorities with name constraints, which it can not judge', async () => {
    const constrained = await makeCertificate({
      subject: 'CN=constrained',
      isCa: true,
      hasNameConstraints: true,
    });
    const under = await makeCertificate({ issuer: constrained });
    expect(leadsToExtraCa(shown([under]), constrained.certificatePem)).toBe(false);
  });

  it('refuses when there is nothing to read', () => {
    const rootPem = root.certificatePem;
    const broken = rootPem.replace(/[A-Z]{4}/, '0000');
    expect(leadsToExtraCa({ ...shown([]) }, rootPem)).toBe(false);
    expect(leadsToExtraCa({ ...shown([]), certificatesPem: ['garbage'] }, rootPem)).toBe(false);
    expect(leadsToExtraCa(shown([server, middle]), '')).toBe(false);
    expect(leadsToExtraCa(shown([server, middle]), 'garbage')).toBe(false);
    expect(leadsToExtraCa(shown([server, middle]), broken)).toBe(false);
  });

  it('ends on authorities that vouch for each other', async () => {
    const a = await makeCertificate({ subject: 'CN=a', isCa: true });
    const b = await makeCertificate({ subject: 'CN=b', issuer: a, isCa: true });
    const under = await makeCertificate({ issuer: b });
    expect(leadsToExtraCa(shown([under, b, a, b, a]), root.certificatePem)).toBe(false);
  });
});

describe('SEC-25 pinned certificate', () => {
  it('is accepted for its host and in its time', () => {
    expect(isPinnedCertificate(shown([server, middle]), server.certificatePem)).toBe(true);
  });

  it('is the only one that is accepted, also among those of its authority', async () => {
    const sibling = await makeCertificate({ issuer: middle });
    expect(isPinnedCertificate(shown([sibling, middle]), server.certificatePem)).toBe(false);
    expect(isPinnedCertificate(shown([sibling, middle]), middle.certificatePem)).toBe(false);
    expect(isPinnedCertificate(shown([sibling, server]), server.certificatePem)).toBe(false);
  });

  it('is refused for another host and outside its time', () => {
    const pin = server.certificatePem;
    expect(isPinnedCertificate(shown([server], '127.0.0.2'), pin)).toBe(false);
    const nowMs = Date.now() + 2 * DAY_MS;
    expect(isPinnedCertificate(shown([server], '127.0.0.1', nowMs), pin)).toBe(false);
  });

  it('is refused when there is nothing to read', () => {
    expect(isPinnedCertificate(shown([]), server.certificatePem)).toBe(false);
    expect(isPinnedCertificate(shown([server]), 'garbage')).toBe(false);
  });
});
