/**
 * Chrome DevTools Protocol over the pipe pair of --remote-debugging-pipe: JSON messages, each ended
 * by a NUL byte. Knows sessions, when they end, and replies; nothing else of what is said.
 */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from 'playwright';

/** One session; typed by the protocol definition that Playwright ships. */
export type CdpSession = Pick<CDPSession, 'send' | 'on' | 'once' | 'off'>;

/** The connection: the browser's own session, and those of its targets. */
export interface CdpConnection {
  readonly browser: CdpSession;
  session(sessionId: string): CdpSession;
}

/** A command that Chromium refused, or that the end of Chromium left unanswered. */
export class CdpError extends Error {}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Calls `onMessage` for each NUL-ended chunk of a stream. */
const splitMessages = (stream: Readable, onMessage: (text: string) => void): void => {
  let pending: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      pending.push(rest.subarray(0, end));
      const text = Buffer.concat(pending).toString('utf8');
      pending = [];
      rest = rest.subarray(end + 1);
      onMessage(text);
    }
    if (rest.length > 0) pending.push(rest);
  });
};

/** Speaks over Chromium's file descriptors 3 (`commands`) and 4 (`answers`). */
export const connectCdp = (commands: Writable, answers: Readable): CdpConnection => {
  const waiting = new Map<number, Waiting>();
  const emitters = new Map<string, EventEmitter>();
  let lastId = 0;

  const open = (sessionId: string): CdpSession => {
    const emitter = new EventEmitter().setMaxListeners(0);
    emitters.set(sessionId, emitter);
    const send = async (method: string, params: object = {}): Promise<unknown> =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { method, resolve, reject });
        const address = sessionId === '' ? {} : { sessionId };
        commands.write(`${JSON.stringify({ id: lastId, method, params, ...address })}\0`);
      });
    return Object.assign(emitter, { send }) as unknown as CdpSession;
  };

  const settle = (id: number, message: Message): void => {
    const command = waiting.get(id);
    waiting.delete(id);
    if (message.error === undefined) command?.resolve(message.result);
    else command?.reject(new CdpError(`${command.method}: ${message.error.message}`));
  };

  splitMessages(answers, (text) => {
    const message = JSON.parse(text) as Message;
    if (message.id !== undefined) settle(message.id, message);
    else if (message.method !== undefined) {
      emitters.get(message.sessionId ?? '')?.emit(message.method, message.params);
      // With its listeners goes all they know of: a window for each customer.
      if (message.method === 'Target.detachedFromTarget')
        emitters.delete((message.params as { readonly sessionId: string }).sessionId);
    }
  });
  answers.once('close', () => {
    for (const command of waiting.values())
      command.reject(new CdpError(`${command.method}: Chromium has ended`));
    waiting.clear();
  });
  // Chromium may be gone when the last words are written; its exit is told by the process.
  commands.on('error', () => undefined);

  return { browser: open(''), session: open };
};

/** Swallows what is lost because a target or Chromium itself is gone; anything else is a bug. */
export const ignoreGone = (error: unknown): void => {
  if (!(error instanceof CdpError)) throw error;
};
