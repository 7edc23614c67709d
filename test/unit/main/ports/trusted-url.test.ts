import { describe, expect, it } from 'vitest';
import { assertHttpsOrigin, trustedUrl } from '../../../../main/ports/trusted-url.ts';

const ORIGIN = 'https://ivs.markid.eu';

describe('SEC-25 trusted origin', () => {
  it.each([
    'http://ivs.markid.eu',
    'https://ivs.markid.eu/',
    'https://ivs.markid.eu/api',
    'https://user:word@ivs.markid.eu',
    'https://ivs.markid.eu:443',
    'HTTPS://IVS.MARKID.EU',
    'ftp://ivs.markid.eu',
    'ivs.markid.eu',
    '',
  ])('throws for %j, which is no bare https origin', (origin) => {
    expect(() => {
      assertHttpsOrigin(origin);
    }).toThrow('bare https origin');
  });

  it.each([ORIGIN, 'https://127.0.0.1:8443', 'https://[::1]:8443'])('accepts %j', (origin) => {
    expect(() => {
      assertHttpsOrigin(origin);
    }).not.toThrow();
  });

  it('resolves an absolute path on the origin', () => {
    expect(trustedUrl(ORIGIN, '/api/v2/token')?.href).toBe('https://ivs.markid.eu/api/v2/token');
  });

  it.each([
    '//evil.example/api/v2/token',
    '/\\evil.example/api',
    '\\\\evil.example',
    'https://evil.example/',
    'http://ivs.markid.eu/api',
    '@evil.example/',
    '.evil.example/',
    ':8443/',
    'api/v2/token',
    '',
  ])('refuses the path %j', (path) => {
    expect(trustedUrl(ORIGIN, path)).toBeNull();
  });
});
