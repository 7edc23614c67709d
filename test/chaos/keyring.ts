/** The keyring of every rig: the same in each run. What it hides is not a rig's business. */
import type { KeyVault } from '../../main/ports/key-vault.ts';
import { ok } from '../../preload/contract/result.ts';

export const rigKeyVault: KeyVault = {
  keyring: () => Promise.resolve('gnome_libsecret'),
  encrypt: (text) => Promise.resolve(ok(Buffer.from(text, 'utf8').toReversed())),
  decrypt: (sealed) =>
    Promise.resolve(
      ok({ text: Buffer.from(sealed.toReversed()).toString('utf8'), shouldReEncrypt: false }),
    ),
};
