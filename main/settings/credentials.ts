/**
 * The bank's API key and secret, sealed by the vault. They go in through the operator's room and
 * come out for requests to Mark ID alone; must never reach a log, an error or the renderer.
 */
import { join } from 'node:path';
import { z } from 'zod';
import type { VaultErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Disk } from '../ports/disk.ts';
import { readStateFile, setAside, writeStateFile } from './state-file.ts';
import type { Vault, VaultClosedCode } from './vault.ts';

const credential = z.string().min(1).max(LIMITS.credentialMaxChars);
const credentials = z.strictObject({ apiKey: credential, apiSecret: credential });
/** HTTP Basic: the key is the user, the secret the password. */
export type Credentials = z.infer<typeof credentials>;

/** Own decision: both at their longest, with every character escaped. */
const SEALED_MAX_CHARS = 8192;

const credentialsFile = z.strictObject({
  version: z.literal(1),
  sealed: z.base64().min(1).max(SEALED_MAX_CHARS),
});

type ReadErrorCode = Extract<VaultErrorCode, `CREDENTIALS_${string}`> | VaultClosedCode;

export interface CredentialPorts {
  readonly disk: Disk;
  readonly vault: Vault;
  /** Absolute folder of `credentials.json`. */
  readonly folder: string;
}

export class CredentialStore {
  readonly #ports: CredentialPorts;
  readonly #path: string;

  constructor(ports: CredentialPorts) {
    this.#ports = ports;
    this.#path = join(ports.folder, 'credentials.json');
  }

  /**
   * True when credentials are there, also when they can't be opened now: a kiosk that was
   * provisioned never takes itself for a practising one.
   */
  async isStored(): Promise<boolean> {
    return (await this.#readFile()).kind !== 'missing';
  }

  /** The credentials, for the Mark ID client alone. A damaged file is left as it is. */
  async read(): Promise<Result<Credentials, ReadErrorCode>> {
    const file = await this.#readFile();
    if (file.kind === 'missing') return fail('CREDENTIALS_MISSING');
    if (file.kind === 'damaged') return fail('CREDENTIALS_DAMAGED');
    const sealed = Buffer.from(file.content.sealed, 'base64');
    const plain = await this.#ports.vault.unseal('credentials', sealed);
    if (!plain.ok)
      return fail(plain.error.code === 'SEAL_BROKEN' ? 'CREDENTIALS_DAMAGED' : plain.error.code);
    const parsed = credentials.safeParse(parseJson(plain.value));
    plain.value.fill(0);
    return parsed.success ? ok(parsed.data) : fail('CREDENTIALS_DAMAGED');
  }

  /** Stores or replaces. Credentials that can't be opened are kept as `credentials.json.kept-<n>`. */
  async set({
    apiKey,
    apiSecret,
  }: Credentials): Promise<Result<null, VaultClosedCode | 'STORAGE_FAILED'>> {
    const { disk, vault } = this.#ports;
    const plain = Buffer.from(JSON.stringify({ apiKey, apiSecret }), 'utf8');
    const sealed = await vault.seal('credentials', plain);
    plain.fill(0);
    if (!sealed.ok) return sealed;

    const before = await this.read();
    if (!before.ok && before.error.code === 'CREDENTIALS_DAMAGED') {
      if ((await setAside(disk, this.#path)) === null) return fail('STORAGE_FAILED');
    }
    const content = { version: 1, sealed: Buffer.from(sealed.value).toString('base64') };
    return (await writeStateFile(disk, this.#path, content)) ? ok(null) : fail('STORAGE_FAILED');
  }

  /** Removes the credentials, readable or not: an operator's decision, not a repair. */
  async remove(): Promise<Result<null, 'STORAGE_FAILED'>> {
    try {
      await this.#ports.disk.remove(this.#path);
      return ok(null);
    } catch {
      return fail('STORAGE_FAILED');
    }
  }

  #readFile() {
    return readStateFile(this.#ports.disk, this.#path, credentialsFile);
  }
}

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
};
