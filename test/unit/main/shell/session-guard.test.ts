import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeEach, describe, expect, it, vi } from 'vitest';

type Handler = (...args: unknown[]) => unknown;

const fake = vi.hoisted(() => {
  const installed = new Map<string, Handler>();
  const install =
    (name: string) =>
    (...args: unknown[]): void => {
      installed.set(name, args.at(-1) as Handler);
    };
  const guarded = {
    protocol: { handle: vi.fn() },
    setPermissionRequestHandler: install('request'),
    setPermissionCheckHandler: install('check'),
    setDevicePermissionHandler: install('device'),
    setDisplayMediaRequestHandler: install('display'),
    setSpellCheckerEnabled: vi.fn(),
    webRequest: { onBeforeRequest: install('before-request') },
    on: (name: string, handler: Handler): void => {
      installed.set(name, handler);
    },
    clearStorageData: vi.fn(),
    clearCache: vi.fn(),
    clearAuthCache: vi.fn(),
    clearHostResolverCache: vi.fn(),
  };
  const clipboard = { clear: vi.fn(), selection: { clear: vi.fn() } };
  return { installed, guarded, clipboard, fromPartition: vi.fn(() => guarded) };
});
vi.mock('electron', () => ({
  clipboard: fake.clipboard,
  session: { fromPartition: fake.fromPartition },
}));

const { clearSession, createGuardedSession, isOwnResource } =
  await import('../../../../main/shell/session-guard.ts');

/** Every permission name in Electron's own declarations of its request and check handlers. */
const DECLARATIONS = readFileSync(
  createRequire(import.meta.url).resolve('electron/electron.d.ts'),
  'utf8',
);
const PERMISSIONS = [
  ...new Set(
    [
      ...DECLARATIONS.matchAll(
        /setPermission(?:Check|Request)Handler\(handler: .*?permission: ([^,]+),/g,
      ),
    ]
      .flatMap(([, union = '']) => [...union.matchAll(/'([\w-]+)'/g)])
      .map(([, name = '']) => name),
  ),
];
const ORIGINS = [
  'app://kiosk',
  'app://kiosk/',
  'app://other',
  'app://kiosk.evil',
  'https://kiosk',
  'https://evil.example',
  'file://',
  'null',
  '',
];
const MEDIA_TYPES = [[], ['video'], ['audio'], ['video', 'audio'], ['unknown']];

const request = (
  permission: string,
  url: string,
  mediaTypes: string[],
  isMainFrame: boolean,
): boolean => {
  let verdict = false;
  fake.installed.get('request')?.(null, permission, (granted: boolean) => (verdict = granted), {
    requestingUrl: url,
    isMainFrame,
    mediaTypes,
  });
  return verdict;
};

describe('session guard', () => {
  beforeEach(() => {
    fake.installed.clear();
    createGuardedSession(async () => new Response());
  });

  it('SEC-04 judges every permission Electron declares', () => {
    expect(PERMISSIONS.length).toBeGreaterThan(40);
    expect(PERMISSIONS).toContain('media');
  });

  it.each(PERMISSIONS)('SEC-04 grants %s only as video of our own main frame', (permission) => {
    for (const origin of ORIGINS)
      for (const mediaTypes of MEDIA_TYPES)
        for (const isMainFrame of [true, false]) {
          const isOurVideo =
            permission === 'media' &&
            /^app:\/\/kiosk\/?$/.test(origin) &&
            isMainFrame &&
            mediaTypes.length === 1 &&
            mediaTypes[0] === 'video';
          expect(
            request(
              permission,
              `${origin}/index.html`.replace('//index', '/index'),
              mediaTypes,
              isMainFrame,
            ),
          ).toBe(isOurVideo);
          if (mediaTypes.length < 2)
            expect(
              fake.installed.get('check')?.(null, permission, origin, {
                isMainFrame,
                mediaType: mediaTypes[0],
              }),
            ).toBe(isOurVideo);
        }
  });

  it('SEC-04 gives away no device and no picture of the screen', () => {
    expect(fake.installed.get('device')?.({ deviceType: 'usb', origin: 'app://kiosk' })).toBe(
      false,
    );
    const answer = vi.fn();
    fake.installed.get('display')?.({}, answer);
    expect(answer).toHaveBeenCalledWith({});
  });

  it.each([
    ['app://kiosk/index.html', true],
    ['blob:app://kiosk/0b0c', true],
    ['app://kiosk.evil/x', false],
    ['app://kioskevil/x', false],
    ['https://example.com/', false],
    ['http://127.0.0.1/', false],
    ['file:///etc/passwd', false],
    ['data:text/html,x', false],
    ['blob:https://example.com/x', false],
    ['ws://127.0.0.1/', false],
    ['chrome://version', false],
    ['devtools://devtools/bundled/inspector.html', false],
  ])('SEC-07 decides about %s: loaded = %s', (url, isLoaded) => {
    const answer = vi.fn();
    fake.installed.get('before-request')?.({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel: !isLoaded });
    expect(isOwnResource(url)).toBe(isLoaded);
  });

  it('SEC-17 prevents every download', () => {
    const event = { preventDefault: vi.fn() };
    fake.installed.get('will-download')?.(event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });

  it('SEC-20 keeps the session in memory, without a cache', () => {
    const [partition, options] = fake.fromPartition.mock.lastCall as unknown as [string, unknown];
    expect(partition).not.toMatch(/^persist:/);
    expect(options).toEqual({ cache: false });
  });

  it('SEC-18 empties the clipboard, on Linux both, when it is cleared', async () => {
    await clearSession(fake.guarded as never);
    expect(fake.clipboard.clear).toHaveBeenCalled();
    if (process.platform === 'linux') expect(fake.clipboard.selection.clear).toHaveBeenCalled();
  });

  it('SEC-20 forgets storage, cache, logins and names when it is cleared', async () => {
    await clearSession(fake.guarded as never);
    for (const clear of [
      'clearStorageData',
      'clearCache',
      'clearAuthCache',
      'clearHostResolverCache',
    ] as const)
      expect(fake.guarded[clear]).toHaveBeenCalled();
  });
});
