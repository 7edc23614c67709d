/** The least an app of this runtime can be: one window, one page with one word. The start bench's peer. */
import { app, BrowserWindow, protocol, session } from 'electron';

const PAGE = '<!doctype html><html lang="en"><title>empty</title><h1>empty</h1></html>';

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const openWindow = async () => {
  const own = session.fromPartition('empty', { cache: false });
  own.protocol.handle(
    'app',
    () => new Response(PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
  );
  const window = new BrowserWindow({ webPreferences: { sandbox: true, session: own } });
  await window.loadURL('app://empty/index.html');
};

app.on('ready', () => void openWindow());
