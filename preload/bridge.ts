/**
 * Exposes window.kiosk to the sandboxed renderer: frozen functions made from channel names alone.
 * Must never expose ipcRenderer, an event object, or a function that takes a channel's name.
 */
// SECURITY: SEC-10
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { CHANNEL_NAMES, EVENT_NAMES } from './contract/channel-names.ts';

type Listener = (payload: unknown) => void;
type Exposed = Record<string, unknown>;

const camel = (words: string): string =>
  words.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());

const split = (name: string): [area: string, rest: string] => {
  const colon = name.indexOf(':');
  return [name.slice(0, colon), camel(name.slice(colon + 1))];
};

const api: Record<string, Exposed> = {};
const areaOf = (area: string): Exposed => (api[area] ??= {});

for (const name of CHANNEL_NAMES) {
  const [area, verb] = split(name);
  areaOf(area)[verb] = (request?: unknown): Promise<unknown> => ipcRenderer.invoke(name, request);
}

for (const name of EVENT_NAMES) {
  const [area, noun] = split(name);
  areaOf(area)[`on${noun.charAt(0).toUpperCase()}${noun.slice(1)}`] = (listener: Listener) => {
    const forward = (_event: IpcRendererEvent, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(name, forward);
    return (): void => {
      ipcRenderer.removeListener(name, forward);
    };
  };
}

for (const area of Object.values(api)) Object.freeze(area);
contextBridge.exposeInMainWorld('kiosk', Object.freeze(api));
