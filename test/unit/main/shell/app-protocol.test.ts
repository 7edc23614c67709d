import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppProtocol, readFileMap } from '../../../../main/shell/app-protocol.ts';
import { securityHeaders } from '../../../../main/shell/content-security-policy.ts';

const STYLE_HASH = `sha256-${'A'.repeat(43)}=` as const;
const SECRET = 'outside the folder';
let folder: string;
let logo: { path: string; png: Uint8Array } | null = null;
let serve: ReturnType<typeof createAppProtocol>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-protocol-'));
  const served = join(folder, 'renderer');
  await mkdir(join(served, 'assets'), { recursive: true });
  await writeFile(join(served, 'index.html'), '<!doctype html>');
  await writeFile(join(served, 'assets', 'main.js'), 'export {};');
  await writeFile(join(served, 'main.js.map'), '{}');
  await writeFile(join(folder, 'secret.html'), SECRET);
  await symlink(join(folder, 'secret.html'), join(served, 'link.html'));
  serve = createAppProtocol(await readFileMap(served), STYLE_HASH, () => logo);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET'): Promise<Response> => serve({ url, method });

describe('app protocol', () => {
  it('SEC-06 serves a file of the map with every security header and its own content type', async () => {
    const answer = await get('app://kiosk/assets/main.js');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('export {};');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    for (const [name, value] of Object.entries(securityHeaders(STYLE_HASH)))
      expect(answer.headers.get(name)).toBe(value);
  });

  it('SEC-06 serves one picture beside the map while there is one, with the same headers', async () => {
    expect((await get('app://kiosk/brand-1.png')).status).toBe(404);
    logo = { path: '/brand-1.png', png: Buffer.from('a picture') };
    const answer = await get('app://kiosk/brand-1.png');
    const headers = Object.fromEntries(answer.headers);
    expect([answer.status, await answer.text()]).toEqual([200, 'a picture']);
    expect(headers).toMatchObject({ 'content-type': 'image/png', 'cache-control': 'no-store' });
    expect((await get('app://kiosk/brand-2.png')).status).toBe(404);
    logo = null;
  });

  it('SEC-06 finds a file whatever query or fragment follows its name', async () => {
    expect((await get('app://kiosk/index.html?a=../../x#y')).status).toBe(200);
  });

  it('SEC-06 answers HEAD without a body', async () => {
    const answer = await get('app://kiosk/index.html', 'HEAD');
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'get', 'TRACE'])(
    'SEC-06 answers 405 to the method %s',
    async (method) => {
      expect((await get('app://kiosk/index.html', method)).status).toBe(405);
    },
  );

  it.each([
    'app://kiosk/',
    'app://kiosk/../secret.html',
    'app://kiosk/%2e%2e/secret.html',
    'app://kiosk/..%2fsecret.html',
    'app://kiosk/..%5csecret.html',
    'app://kiosk/..\\secret.html',
    'app://kiosk//index.html',
    'app://kiosk/assets/../../secret.html',
    'app://kiosk/INDEX.HTML',
    'app://kiosk/index.html%00.js',
    'app://kiosk/index%2ehtml',
    'app://kiosk/link.html',
    'app://kiosk/main.js.map',
    'app://kiosk:80/index.html',
    'app://other/index.html',
    'app://kiosk@other/index.html',
    'app://kiosk.evil/index.html',
    '\\\\server\\share\\index.html',
    'file:///etc/hostname',
    'https://kiosk/index.html',
    '',
  ])('SEC-06 answers 404 to %j', async (url) => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  it('SEC-06 never serves anything outside the map, for 10 000 made-up URLs', async () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2f',
      '%5c',
      '%00',
      'secret.html',
      'index.html',
      'assets',
      '?',
      '#',
      '@',
      ':',
      'C:',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.array(piece, { maxLength: 8 }).map((pieces) => `app://kiosk/${pieces.join('')}`),
          fc.webUrl(),
          fc.string(),
        ),
        async (url) => {
          const answer = await get(url);
          const body = await answer.text();
          expect([200, 404]).toContain(answer.status);
          expect(body).not.toContain(SECRET);
          if (answer.status === 404) expect(body).toBe('');
        },
      ),
      { numRuns: 10_000, seed: 6 },
    );
  });
});
