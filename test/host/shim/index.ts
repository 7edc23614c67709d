/**
 * The module `electron` of the host. What is not listed here does not exist: a named import of it
 * fails to link, a member of the default export throws.
 */
import { emulated } from '../emulated.ts';
import { app } from './app.ts';
import { BrowserWindow, webContents } from './browser-window.ts';
import { ipcMain } from './ipc-main.ts';
import {
  clipboard,
  crashReporter,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
} from './machine.ts';
import { net } from './net.ts';
import { safeStorage } from './safe-storage.ts';
import { defaultSession, session } from './session.ts';

const { protocol } = defaultSession.protocol;

export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  ipcMain,
  Menu,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  webContents,
};

export default emulated<object>('electron', {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  ipcMain,
  Menu,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  webContents,
});
