/** The small objects around the window: power, menu, screen, clipboard, theme. They hold what the app set. */
import { EventEmitter } from 'node:events';
import type {
  Clipboard,
  CrashReporter,
  Display,
  Menu as ElectronMenu,
  PowerMonitor,
  PowerSaveBlocker,
  Screen,
  Shell,
} from 'electron';
import { emulated, type Strict } from '../emulated.ts';
import { hostOptions } from '../host-options.ts';

/** Tests emit its events: the host sees no real suspend, lock or shutdown. */
export const powerMonitor = emulated<PowerMonitor>(
  'powerMonitor',
  Object.assign(new EventEmitter(), {
    getSystemIdleState: () => 'active',
    getSystemIdleTime: () => 0,
    isOnBatteryPower: () => false,
  } satisfies Strict<
    Pick<PowerMonitor, 'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower'>
  >),
);

const blockers = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = emulated<PowerSaveBlocker>('powerSaveBlocker', {
  start: () => {
    lastBlocker += 1;
    blockers.add(lastBlocker);
    return lastBlocker;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
} satisfies Strict<PowerSaveBlocker>);

let applicationMenu: ElectronMenu | null = null;

export const Menu = emulated<typeof ElectronMenu>('Menu', {
  setApplicationMenu: (menu) => {
    applicationMenu = menu;
  },
  getApplicationMenu: () => applicationMenu,
} satisfies Strict<Pick<typeof ElectronMenu, 'setApplicationMenu' | 'getApplicationMenu'>>);

const bounds = { x: 0, y: 0, width: hostOptions.widthPx, height: hostOptions.heightPx };
const display = emulated<Display>('Display', {
  id: 1,
  bounds,
  workArea: bounds,
  size: bounds,
  workAreaSize: bounds,
  scaleFactor: 1,
  rotation: 0,
});

export const screen = emulated<Screen>(
  'screen',
  Object.assign(new EventEmitter(), {
    getPrimaryDisplay: () => display,
    getAllDisplays: () => [display],
  } satisfies Strict<Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'>>),
);

type PlainClipboard = Pick<Clipboard, 'clear' | 'readText' | 'writeText'>;

const makeClipboard = (): Strict<PlainClipboard> => {
  let held = '';
  return {
    clear: () => {
      held = '';
    },
    readText: () => Promise.resolve(held),
    writeText: (text) => {
      held = text;
      return Promise.resolve();
    },
  };
};

/** A clipboard of its own, and Linux's second one: a test never touches the desktop's. */
export const clipboard = emulated<Clipboard>('clipboard', {
  ...makeClipboard(),
  selection: emulated<Clipboard>('clipboard.selection', makeClipboard()),
});

/** Nothing is collected and nothing sent. */
export const crashReporter = emulated<CrashReporter>('crashReporter', {
  start: () => undefined,
  getLastCrashReport: () => null,
} satisfies Strict<Pick<CrashReporter, 'start' | 'getLastCrashReport'>>);

/** electron-store imports it; opening anything outside the kiosk is not emulated. */
export const shell = emulated<Shell>('shell', {});
