/** `ipcMain`: the app's handlers and listeners, and the way a page's message takes to them. */
import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { emulated, type Strict } from '../emulated.ts';

type Handler = Parameters<IpcMain['handle']>[1];
type Emulated = Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>;

const handlers = new Map<string, Handler>();

const handle = (channel: string, handler: Handler): void => {
  if (handlers.has(channel))
    throw new Error(`Attempted to register a second handler for '${channel}'`);
  handlers.set(channel, handler);
};

const part = Object.assign(new EventEmitter(), {
  handle,
  handleOnce: (channel, handler) => {
    handle(channel, (event, ...args) => {
      handlers.delete(channel);
      return handler(event, ...args) as unknown;
    });
  },
  removeHandler: (channel) => {
    handlers.delete(channel);
  },
} satisfies Strict<Emulated>);

export const ipcMain = emulated<IpcMain>('ipcMain', part);

/** Calls the handler of a channel; rejects with the text ipcRenderer.invoke rejects with. */
export const handleInvoke = async (
  event: IpcMainInvokeEvent,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> => {
  try {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return (await handler(event, ...args)) as unknown;
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, {
      cause: error,
    });
  }
};
