/** The certificates of a run: one authority, and every kind of server that shows itself with one. */
import { makeCertificate, type TestCertificate } from '../support/certificates.ts';

export interface Identities {
  /** No system knows it; cases trust it as an extra CA. */
  readonly authority: TestCertificate;
  readonly server: TestCertificate;
  readonly expired: TestCertificate;
  readonly notYetValid: TestCertificate;
  readonly otherHost: TestCertificate;
  readonly selfSigned: TestCertificate;
  readonly otherAuthority: TestCertificate;
}

export const makeIdentities = async (): Promise<Identities> => {
  const authority = await makeCertificate({ subject: 'CN=bank authority', isCa: true });
  return {
    authority,
    server: await makeCertificate({ issuer: authority }),
    expired: await makeCertificate({ issuer: authority, validFromDays: -9, validToDays: -1 }),
    notYetValid: await makeCertificate({ issuer: authority, validFromDays: 1, validToDays: 9 }),
    otherHost: await makeCertificate({
      issuer: authority,
      dnsNames: ['other.example'],
      ipAddresses: ['127.0.0.2'],
    }),
    selfSigned: await makeCertificate({ subject: 'CN=self-signed' }),
    otherAuthority: await makeCertificate({ subject: 'CN=other authority', isCa: true }),
  };
};
