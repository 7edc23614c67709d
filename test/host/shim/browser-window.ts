/**
 * `BrowserWindow` and `webContents`: the windows of the app. A window that is not sandboxed and
 * context-isolated is refused: the host can't show what such a page could do.
 */
import { EventEmitter } from 'node:events';
import type {
  BrowserWindow as ElectronWindow,
  BrowserWindowConstructorOptions,
  WebContents,
  webContents as WebContentsModule,
  WebPreferences,
} from 'electron';
import { emulated, notEmulated, type Strict } from '../emulated.ts';
import { appEvents, runningBrowser } from '../host-state.ts';
import { hostOptions } from '../host-options.ts';
import { preventable } from './preventable.ts';
import { createContents, type HostContents } from './web-contents.ts';

type Emulated = Pick<
  ElectronWindow,
  | 'id'
  | 'webContents'
  | 'blur'
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getBounds'
  | 'hide'
  | 'isDestroyed'
  | 'isFocused'
  | 'isFullScreen'
  | 'isKiosk'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'removeMenu'
  | 'restore'
  | 'setAlwaysOnTop'
  | 'setContentProtection'
  | 'setFullScreen'
  | 'setKiosk'
  | 'setMenu'
  | 'setMenuBarVisibility'
  | 'show'
>;

const windows = new Map<ElectronWindow, HostContents>();
let lastId = 0;

/** Electron's defaults, and the refusal of anything weaker. */
const checkedPreferences = (given: WebPreferences | undefined): WebPreferences => {
  const preferences = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    ...given,
  };
  if (
    !preferences.sandbox ||
    !preferences.contextIsolation ||
    preferences.nodeIntegration ||
    !preferences.webSecurity ||
    preferences.webviewTag === true ||
    preferences.nodeIntegrationInWorker === true ||
    preferences.nodeIntegrationInSubFrames === true
  )
    throw notEmulated('a window that is not sandboxed and context-isolated');
  return preferences;
};

const forget = (window: ElectronWindow): void => {
  windows.delete(window);
  if (windows.size > 0) return;
  // Electron quits when the last window closes and nobody listens.
  if (!appEvents.emit('window-all-closed')) appEvents.emit('host-quit');
};

class HostWindow extends EventEmitter implements Strict<Emulated> {
  readonly id: number;
  readonly webContents: WebContents;
  private isShown: boolean;
  private isGone = false;
  private isFull: boolean;
  private readonly contents: HostContents;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    runningBrowser();
    lastId += 1;
    this.id = lastId;
    this.isShown = options.show !== false;
    this.isFull = options.kiosk === true || options.fullscreen === true;
    const preferences = checkedPreferences(options.webPreferences);
    const self = emulated<ElectronWindow & HostWindow>('BrowserWindow', this);
    let isPainted = false;
    this.contents = createContents({
      window: self,
      preferences,
      isFullScreen: this.isFull,
      onPainted: () => {
        if (!isPainted) self.emit('ready-to-show', {});
        isPainted = true;
      },
      openWindow: (url, overrides) => {
        const child = new HostWindow({
          ...overrides,
          webPreferences: { ...preferences, ...overrides.webPreferences },
        });
        void child.loadURL(url).catch(() => undefined);
        this.webContents.emit('did-create-window', child, { url });
      },
    });
    this.webContents = this.contents.electron;
    windows.set(self, this.contents);
    appEvents.emit('browser-window-created', {}, self);
    // The page is driven through the guarded object, so is the window.
    return self;
  }

  static getAllWindows(): ElectronWindow[] {
    return [...windows.keys()];
  }
  static getFocusedWindow(): ElectronWindow | null {
    return [...windows.keys()].at(-1) ?? null;
  }
  static fromId(id: number): ElectronWindow | null {
    return [...windows.keys()].find((window) => window.id === id) ?? null;
  }
  static fromWebContents(contents: WebContents): ElectronWindow | null {
    return [...windows.values()].find(({ electron }) => electron === contents)?.window ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  close(): void {
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.contents.destroy();
    this.emit('closed');
    forget(this.contents.window);
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  show(): void {
    this.isShown = true;
    this.emit('show');
  }
  hide(): void {
    this.isShown = false;
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.isShown;
  }
  focus(): void {
    this.emit('focus');
  }
  blur(): void {
    this.emit('blur');
  }
  isFocused(): boolean {
    return this.contents.window === HostWindow.getFocusedWindow();
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {
    this.emit('restore');
  }
  isKiosk(): boolean {
    return this.isFull;
  }
  isFullScreen(): boolean {
    return this.isFull;
  }
  setKiosk(flag: boolean): void {
    this.isFull = flag;
    const targetId = this.contents.targetId();
    if (targetId !== null) runningBrowser().setFullScreen(targetId, flag);
  }
  setFullScreen(flag: boolean): void {
    this.setKiosk(flag);
  }
  getBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 0, y: 0, width: hostOptions.widthPx, height: hostOptions.heightPx };
  }
  // Menus, stacking and screen capture belong to a window manager the host does not emulate.
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAlwaysOnTop(): void {}
  setContentProtection(): void {}
}

export const BrowserWindow = emulated<typeof ElectronWindow>('BrowserWindow', HostWindow);

const contentsOfAll = (): WebContents[] => [...windows.values()].map(({ electron }) => electron);

/** Asks the app about a page Chromium opened by itself. */
export const askPopup = (url: string, openerId: string | null): void => {
  const all = [...windows.values()];
  const opener = all.find(({ targetId }) => targetId() === openerId) ?? all[0];
  opener?.askWindowOpen(url);
};

export const webContents = emulated<typeof WebContentsModule>('webContents', {
  fromDevToolsTargetId: (targetId) =>
    [...windows.values()].find((contents) => contents.targetId() === targetId)?.electron,
  fromId: (id) => contentsOfAll().find((contents) => contents.id === id),
  getAllWebContents: contentsOfAll,
  getFocusedWebContents: () => contentsOfAll().at(-1) ?? null,
} satisfies Strict<
  Pick<
    typeof WebContentsModule,
    'fromDevToolsTargetId' | 'fromId' | 'getAllWebContents' | 'getFocusedWebContents'
  >
>);
