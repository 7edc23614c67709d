import { describe, expect, it } from 'vitest';
import {
  derivePasswordKey,
  FULL_SCRYPT_COST,
  scryptParameters,
} from '../../../../main/settings/password-key.ts';

const salt = Buffer.from('SodiumChloride##').toString('base64');

describe('password key', () => {
  it('is scrypt as RFC 7914 §12 computes it', async () => {
    const key = await derivePasswordKey('pleaseletmein', {
      N: 16_384,
      r: 8,
      p: 1,
      salt: Buffer.from('SodiumChloride').toString('base64'),
    });
    expect(Buffer.from(key).toString('hex')).toBe(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
    );
  });

  it('costs what OWASP asks for', () => {
    expect(FULL_SCRYPT_COST).toEqual({ N: 131_072, r: 8, p: 1 });
  });

  it.each([
    [{ N: 131_072, r: 8, p: 1, salt }, true],
    [{ N: 2, r: 1, p: 1, salt }, true],
    [{ N: 2 ** 18, r: 8, p: 1, salt }, false],
    [{ N: 2 ** 30, r: 32, p: 4, salt }, false],
    [{ N: 2 ** 32, r: 1, p: 1, salt }, false],
    [{ N: 1000, r: 8, p: 1, salt }, false],
    [{ N: 0, r: 8, p: 1, salt }, false],
    [{ N: 1024, r: 0, p: 1, salt }, false],
    [{ N: 1024, r: 8, p: 5, salt }, false],
    [{ N: 1024, r: 8, p: 1, salt: 'c2hvcnQ=' }, false],
    [{ N: 1024, r: 8, p: 1 }, false],
  ])('takes the parameters %j from a file: %s', (parameters, isTaken) => {
    expect(scryptParameters.safeParse(parameters).success).toBe(isTaken);
  });
});
