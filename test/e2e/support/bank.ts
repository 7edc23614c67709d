/** A bank's side of a spec: a Mark ID server with a certificate the policy trusts, and its credentials. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCertificate } from '../../support/certificates.ts';
import { startForeignMarkId, type ForeignMarkId } from '../../support/foreign-mark-id.ts';

export const OPERATOR = { pin: '739158', passphrase: 'a passphrase of this test' };
export const CREDENTIALS = { apiKey: 'bank-key', apiSecret: 'bank-secret-40317' };

export interface Bank {
  readonly server: () => ForeignMarkId;
  /** Takes the server off the network. */
  readonly goOffline: () => Promise<void>;
  /** Puts a new one at the same address; what the old one was asked stays in `requests`. */
  readonly goOnline: () => Promise<void>;
  /** Every body that reached `/process` so far. */
  readonly posts: () => readonly Record<string, unknown>[];
  readonly stop: () => Promise<void>;
}

/** Writes the policy into `folder` and starts the server. */
export const openBank = async (folder: string, policy: object = {}): Promise<Bank> => {
  const authority = await makeCertificate({ subject: 'CN=Bank CA', isCa: true });
  const identity = await makeCertificate({ issuer: authority, ipAddresses: ['127.0.0.1'] });
  const extraCaFile = join(folder, 'ca.pem');
  const servers = [await startForeignMarkId(identity)];
  const current = (): ForeignMarkId => {
    const server = servers.at(-1);
    if (server === undefined) throw new Error('There is no server.');
    return server;
  };
  const { origin, port } = current();
  await writeFile(extraCaFile, authority.certificatePem, { mode: 0o600 });
  await writeFile(
    join(folder, 'policy.json'),
    JSON.stringify({ ...policy, endpoint: { origin, extraCaFile } }),
    { mode: 0o600 },
  );
  return {
    server: current,
    goOffline: () => current().stop(),
    goOnline: async () => {
      servers.push(await startForeignMarkId(identity, port));
    },
    posts: () =>
      servers
        .flatMap(({ requests }) => requests)
        .filter(({ path }) => path === '/api/v2/process')
        .map(({ body }) => body),
    stop: () => current().stop(),
  };
};
