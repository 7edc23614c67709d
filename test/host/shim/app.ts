/** `app`: identity, paths, command line, one instance, the way up and the way down. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { emulated, type Strict } from '../emulated.ts';
import { appEvents, hostState } from '../host-state.ts';
import { hostOptions } from '../host-options.ts';
import { BrowserWindow } from './browser-window.ts';
import { commandLine } from './command-line.ts';
import { preventable } from './preventable.ts';
import {
  claimSingleInstance,
  hasSingleInstance,
  releaseSingleInstance,
} from './single-instance.ts';

type Emulated = Pick<
  App,
  | 'isPackaged'
  | 'name'
  | 'commandLine'
  | 'enableSandbox'
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getSystemLocale'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isReady'
  | 'quit'
  | 'relaunch'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>;

interface PackageFile {
  readonly name: string;
  readonly productName?: string;
  readonly version: string;
}

const LAUNCHER = join(import.meta.dirname, '..', 'electron');

const packageFile: PackageFile = JSON.parse(
  readFileSync(join(hostOptions.appDir, 'package.json'), 'utf8'),
);

const ready = Promise.withResolvers<void>();
const paths = new Map<string, string>();
let name = packageFile.productName ?? packageFile.name;
let relaunchArgs: readonly string[] | null = null;
let isExiting = false;

const userDataDir = hostOptions.switches.get('user-data-dir');
if (userDataDir !== undefined) paths.set('userData', userDataDir);

const getPath = (key: string): string => {
  const appData = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  const userData = paths.get('userData') ?? join(appData, name);
  const known: Readonly<Record<string, string>> = {
    appData,
    crashDumps: join(userData, 'Crashpad'),
    exe: LAUNCHER,
    home: homedir(),
    logs: join(userData, 'logs'),
    sessionData: userData,
    temp: tmpdir(),
    userData,
  };
  const path = paths.get(key) ?? known[key];
  if (path === undefined) throw new Error(`Failed to get '${key}' path`);
  return path;
};

const exit = (code = 0): void => {
  if (isExiting) return;
  isExiting = true;
  appEvents.emit('quit', {}, code);
  hostState.browser?.kill();
  releaseSingleInstance();
  if (relaunchArgs !== null)
    spawn(LAUNCHER, relaunchArgs, { detached: true, stdio: 'ignore' }).unref();
  process.exit(code);
};

const quit = (): void => {
  const event = preventable({});
  appEvents.emit('before-quit', event);
  if (event.defaultPrevented || isExiting) return;
  for (const window of BrowserWindow.getAllWindows()) window.close();
  // A window that stays open has vetoed; the last one to close may have ended the process.
  if (BrowserWindow.getAllWindows().length > 0) return;
  appEvents.emit('will-quit', event);
  if (!event.defaultPrevented) exit(0);
};
appEvents.on('host-quit', quit);

export const app = emulated<App>(
  'app',
  Object.assign(appEvents, {
    isPackaged: false,
    name,
    commandLine,
    // Every renderer is sandboxed here: browser-window.ts refuses any other.
    enableSandbox: () => undefined,
    exit,
    focus: () => undefined,
    getAppPath: () => hostOptions.appDir,
    getLocale: () => hostOptions.switches.get('lang') ?? 'en-US',
    getName: () => name,
    getPath,
    getSystemLocale: () => 'en-US',
    getVersion: () => packageFile.version,
    hasSingleInstanceLock: hasSingleInstance,
    isReady: () => hostState.browser !== null,
    quit,
    relaunch: (options) => {
      relaunchArgs = options?.args ?? hostOptions.args;
    },
    releaseSingleInstanceLock: releaseSingleInstance,
    requestSingleInstanceLock: () =>
      claimSingleInstance(getPath('userData'), (argv, cwd) => {
        appEvents.emit('second-instance', {}, argv, cwd, undefined);
      }),
    setAppUserModelId: () => undefined,
    setName: (given) => {
      name = given;
    },
    setPath: (key, path) => {
      paths.set(key, path);
    },
    whenReady: () => ready.promise,
  } satisfies Strict<Emulated>),
);

/** Tells the app that Chromium is there. */
export const announceReady = (): void => {
  appEvents.emit('will-finish-launching');
  appEvents.emit('ready', {}, {});
  ready.resolve();
};

/** True once the app has asked to end: nothing may start any more. */
export const isAppExiting = (): boolean => isExiting;
