import { beforeEach, describe, expect, it, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  app: { isPackaged: false, enableSandbox: vi.fn(), commandLine: { appendSwitch: vi.fn() } },
  protocol: { registerSchemesAsPrivileged: vi.fn() },
}));
vi.mock('electron', () => electron);

const { applySwitches, forbiddenSwitch } = await import('../../../../main/shell/switches.ts');

const FORBIDDEN = [
  '--browser-subprocess-path=/tmp/any',
  '--gpu-launcher=/tmp/any',
  '--zygote-cmd-prefix=/tmp/any',
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--remote-allow-origins=*',
  '--inspect',
  '--inspect-brk=0',
  '--inspect-port=1',
  '--no-sandbox',
  '--disable-web-security',
  '--ignore-certificate-errors',
  '--ignore-certificate-errors-spki-list=x',
  '--host-rules=MAP * evil',
  '--host-resolver-rules=x',
  '--load-extension=/x',
  '--proxy-server=evil:1',
  '--proxy-pac-url=x',
  '--user-data-dir=/x',
  '--js-flags=--expose-gc',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--use-file-for-fake-video-capture=x',
  '--ssl-key-log-file=x',
  '--log-net-log=x',
  '--disable-features=SitePerProcess',
  '--password-store=basic',
  '-inspect',
  '/remote-debugging-port=1',
  '--REMOTE-DEBUGGING-PORT=1',
];

describe('switches', () => {
  beforeEach(() => {
    vi.clearAllMocks();
    electron.app.isPackaged = false;
  });

  it.each(FORBIDDEN)('SEC-13 ends a packaged start with %s', (argument) => {
    electron.app.isPackaged = true;
    expect(applySwitches(['kiosk', argument])).toBe(false);
  });

  it.each([
    '--',
    'plain',
    '--lang=lt',
    '--force-device-scale-factor=1',
    '--ozone-platform=wayland',
    '',
  ])('SEC-13 goes on with %j', (argument) => {
    electron.app.isPackaged = true;
    expect(forbiddenSwitch(['kiosk', argument])).toBeNull();
    expect(applySwitches(['kiosk', argument])).toBe(true);
  });

  it('SEC-01 turns the sandbox on for every process before anything else', () => {
    expect(applySwitches([])).toBe(true);
    expect(electron.app.enableSandbox).toHaveBeenCalledOnce();
  });

  it.each(['disable-http2', 'disable-quic'])(
    'sets %s, for Chromium repeats requests of its own accord over those protocols',
    (name) => {
      applySwitches([]);
      expect(electron.app.commandLine.appendSwitch).toHaveBeenCalledWith(name);
    },
  );

  it('SEC-06 registers app:// as standard and secure, without bypassing the content security policy', () => {
    applySwitches([]);
    expect(electron.protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });
});
