/**
 * A small app that shows what the host does. It behaves like the kiosk's shell (own scheme, strict
 * policy, everything prevented) and keeps what it was asked in `globalThis.probe`, where specs read it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron';

const FILES = new Map([
  ['/index.html', 'text/html'],
  ['/frame.html', 'text/html'],
  ['/other.html', 'text/html'],
  ['/unguarded.html', 'text/html'],
  ['/page.js', 'text/javascript'],
  ['/worker.js', 'text/javascript'],
]);

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
].join('; ');

/** What a spec reads and sets through ElectronApplication.evaluate. */
const untouched = () => ({
  /** @type {string[]} */
  events: [],
  /** @type {string[]} */
  permissions: [],
  /** @type {(string | null)[]} */
  senders: [],
  isNavigationAllowed: false,
  /** @type {'deny' | 'allow'} */
  windowOpen: 'deny',
});
const probe = {
  ...untouched(),
  /** As after a start: a window of its own, and nothing noted. */
  renew: () => {
    const old = BrowserWindow.getAllWindows();
    open();
    for (const window of old) window.destroy();
    Object.assign(probe, untouched());
  },
};
Object.assign(globalThis, { probe });

/** @param {Request} request */
const serve = (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === '/redirect') return Response.redirect('app://kiosk/other.html');
  const type = FILES.get(pathname);
  if (type === undefined) return new Response(null, { status: 404 });
  const policy = pathname === '/unguarded.html' ? {} : { 'Content-Security-Policy': POLICY };
  return new Response(readFileSync(join(import.meta.dirname, 'www', pathname)), {
    headers: { 'Content-Type': type, ...policy },
  });
};

const guardSession = () => {
  const guarded = session.fromPartition('probe');
  guarded.protocol.handle('app', serve);
  guarded.setPermissionCheckHandler(
    (_contents, permission, _origin, details) =>
      permission === 'media' && details.mediaType === 'video',
  );
  guarded.setPermissionRequestHandler((_contents, permission, callback, details) => {
    probe.permissions.push(`${permission} ${details.requestingUrl}`);
    callback(permission === 'media');
  });
};

/** @param {import('electron').WebContents} contents */
const guardContents = (contents) => {
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
    contents.on(/** @type {'will-navigate'} */ (name), (event) => {
      probe.events.push(`${name} ${event.url}`);
      if (!probe.isNavigationAllowed) event.preventDefault();
    });
  contents.setWindowOpenHandler(({ url }) => {
    probe.events.push(`window-open ${url}`);
    return { action: probe.windowOpen };
  });
  contents.on('before-input-event', (event, input) => {
    if (input.type === 'keyDown') probe.events.push(`key ${input.key} ${input.code}`);
    if (input.key === 'x' || input.control) event.preventDefault();
  });
  contents.on('context-menu', () => probe.events.push('context-menu'));
  contents.on('zoom-changed', (_event, direction) => probe.events.push(`zoom ${direction}`));
  contents.on('render-process-gone', (_event, { reason }) => {
    probe.events.push(`gone ${reason}`);
    contents.reload();
  });
};

const handleMessages = () => {
  ipcMain.handle('echo', (event, value) => {
    probe.senders.push(event.senderFrame?.origin ?? null);
    return value;
  });
  ipcMain.handle('size', (_event, bytes) => bytes.byteLength);
  ipcMain.handle('fail', () => {
    throw new RangeError('refused');
  });
  ipcMain.on('note', (event, text) => {
    probe.events.push(`note ${text}`);
    event.sender.send('noted', text);
  });
};

const open = () => {
  const window = new BrowserWindow({
    kiosk: true,
    show: false,
    webPreferences: {
      session: session.fromPartition('probe'),
      preload: join(import.meta.dirname, 'preload.cjs'),
    },
  });
  window.once('ready-to-show', () => window.show());
  window.loadURL('app://kiosk/index.html').catch(() => probe.events.push('load failed'));
};

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.on('web-contents-created', (_event, contents) => guardContents(contents));
app.on('second-instance', (_event, argv) => probe.events.push(`second ${argv.at(-1)}`));
handleMessages();
if (app.requestSingleInstanceLock()) void app.whenReady().then(guardSession).then(open);
else app.exit(3);
