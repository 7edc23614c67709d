import { describe, expect, it } from 'vitest';
import { openBytes, sealBytes } from '../../../../main/settings/aead.ts';
import { seededRandom } from '../../../support/fake-clock.ts';

const random = seededRandom(1);
const key = random.bytes(32);
const plain = Buffer.from('text');

describe('authenticated encryption', () => {
  it('opens with the same key for the same purpose', () => {
    const sealed = sealBytes(key, 'purpose', plain, random);
    expect(openBytes(key, 'purpose', sealed)).toEqual(plain);
  });

  it('opens with no other key and for no other purpose', () => {
    const sealed = sealBytes(key, 'purpose', plain, random);
    expect(openBytes(random.bytes(32), 'purpose', sealed)).toBeNull();
    expect(openBytes(key, 'purpose/2', sealed)).toBeNull();
    expect(openBytes(key, '', sealed)).toBeNull();
  });

  it('is nonce, ciphertext and tag, and nothing else', () => {
    const sealed = sealBytes(key, 'purpose', plain, random);
    expect(sealed.byteLength).toBe(12 + plain.byteLength + 16);
    expect(Buffer.from(sealed).includes(plain)).toBe(false);
  });
});
