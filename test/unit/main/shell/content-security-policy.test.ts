import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../../main/shell/content-security-policy.ts';

/** Directive names of Content Security Policy Level 3 (§6) and Trusted Types. */
const KNOWN_DIRECTIVES = new Set([
  'base-uri',
  'child-src',
  'connect-src',
  'default-src',
  'font-src',
  'form-action',
  'frame-ancestors',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'object-src',
  'report-to',
  'report-uri',
  'require-trusted-types-for',
  'sandbox',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src',
  'style-src-attr',
  'style-src-elem',
  'trusted-types',
  'upgrade-insecure-requests',
  'webrtc',
  'worker-src',
]);

const STYLE_HASH = `sha256-${'A'.repeat(43)}=` as const;

const directives = new Map(
  contentSecurityPolicy(STYLE_HASH)
    .split('; ')
    .map((text) => {
      const [name = '', ...values] = text.split(' ');
      return [name, values] as const;
    }),
);

describe('content security policy', () => {
  it('SEC-05 uses only directive names that browsers know', () => {
    expect([...directives.keys()].filter((name) => !KNOWN_DIRECTIVES.has(name))).toEqual([]);
    expect(directives.size).toBeGreaterThan(10);
  });

  it('SEC-05 allows own files, WebAssembly, blobs of pictures and one style sheet, and nothing else', () => {
    const sources = new Set([...directives.values()].flat());
    expect([...sources].toSorted()).toEqual(
      [
        "'none'",
        "'script'",
        "'self'",
        "'wasm-unsafe-eval'",
        `'${STYLE_HASH}'`,
        'blob:',
        'vision-worker',
      ].toSorted(),
    );
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get('style-src')).toEqual([`'${STYLE_HASH}'`]);
  });

  it('SEC-05 requires Trusted Types and allows the one policy that admits the worker, once', () => {
    expect(directives.get('require-trusted-types-for')).toEqual(["'script'"]);
    // No 'allow-duplicates': whoever comes later can't make it again.
    expect(directives.get('trusted-types')).toEqual(['vision-worker']);
  });
});
