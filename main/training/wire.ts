/**
 * Bytes on a connection: reading a body within its limits, and the answers a well-behaved server never
 * gives (byte by byte, cut off, left unread).
 * Never knows what a request means.
 */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Clock } from '../ports/clock.ts';
import type { Answer } from './answers.ts';

/** A whole request body. Source: markid-api, `/process`: 20 MB, taken as 10^6. */
export const REQUEST_MAX_BYTES = 20_000_000;

/** Between two bytes of a dripping answer: about 15 s for an answer. Own decision. */
export const DRIP_INTERVAL_MS = 100;

/**
 * How long a connection stays open after an answer to a request that was not read: closing at once
 * would reset it and could take the answer from the client (RFC 9112 §9.6).
 */
export const LINGER_MS = 2_000;

export type BodyRead =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** More than REQUEST_MAX_BYTES announced or sent; reading stopped. */
  | { readonly kind: 'too-large' }
  /** `stopAtBytes` reached; reading stopped. */
  | { readonly kind: 'stopped' }
  /** The connection ended first. */
  | { readonly kind: 'lost' };

export interface BodyRun {
  readonly stopAtBytes: number;
  readonly onBytes: (count: number) => void;
}

/** The announced length of a body, null where it comes in chunks. */
export const announcedBytes = (request: IncomingMessage): number | null => {
  const header = request.headers['content-length'];
  return header === undefined ? null : Number(header);
};

/** Reads a body to its end, or to where it has to stop. */
export const readBody = async (request: IncomingMessage, run: BodyRun): Promise<BodyRead> => {
  if ((announcedBytes(request) ?? 0) > REQUEST_MAX_BYTES) return { kind: 'too-large' };
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let readBytes = 0;
    const finish = (outcome: BodyRead): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      request.pause();
      resolve(outcome);
    };
    const onData = (part: Buffer): void => {
      parts.push(part);
      readBytes += part.length;
      run.onBytes(part.length);
      if (readBytes >= run.stopAtBytes) finish({ kind: 'stopped' });
      else if (readBytes > REQUEST_MAX_BYTES) finish({ kind: 'too-large' });
    };
    const onEnd = (): void => finish({ kind: 'whole', bytes: Buffer.concat(parts, readBytes) });
    const onClose = (): void => finish({ kind: 'lost' });
    /** A lost connection is also told as an error; 'close' follows and says enough. */
    request.on('error', () => undefined);
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
};

/** Resolves when a socket or response is closed, also by an error, which `events.once` would throw. */
const closeOf = (closable: EventEmitter & { readonly closed: boolean }): Promise<void> =>
  new Promise((resolve) => {
    if (closable.closed) resolve();
    else closable.once('close', () => resolve());
  });

/** Answers as HTTP says, keeping the connection, and waits until the answer or the connection is gone. */
export const sendAnswer = async (response: ServerResponse, answer: Answer): Promise<void> => {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  response.end(body);
  await closeOf(response);
};

const rawAnswer = (answer: Answer, announcedBytes: number): Buffer => {
  const headers = Object.entries({
    ...answer.headers,
    'content-length': String(announcedBytes),
    connection: 'close',
  });
  const lines = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${answer.body}`);
};

const wholeAnswer = (answer: Answer): Buffer => rawAnswer(answer, Buffer.byteLength(answer.body));

/** What a misbehaving answer needs besides the answer. */
export interface Connection {
  readonly socket: Socket;
  readonly clock: Clock;
  /** Aborted when the simulator stops. */
  readonly stopping: AbortSignal;
}

/** Aborted when there is nobody left to answer: the connection is closed or the simulator stops. */
const endOf = ({ socket, stopping }: Connection): AbortSignal => {
  const closing = new AbortController();
  socket.once('close', () => closing.abort());
  return AbortSignal.any([closing.signal, stopping]);
};

/** Answers without reading on; the connection ends when the client is seen to end it, or after LINGER_MS. */
export const answerUnread = async (connection: Connection, answer: Answer): Promise<void> => {
  const { socket, clock } = connection;
  socket.write(wholeAnswer(answer));
  await clock.sleep(LINGER_MS, endOf(connection));
  socket.destroy();
};

/** The answer, head included, one byte every DRIP_INTERVAL_MS. */
export const dripAnswer = async (connection: Connection, answer: Answer): Promise<void> => {
  const { socket, clock } = connection;
  const end = endOf(connection);
  for (const byte of wholeAnswer(answer)) {
    await clock.sleep(DRIP_INTERVAL_MS, end);
    if (end.aborted) return;
    socket.write(Uint8Array.of(byte));
  }
  socket.end();
  await closeOf(socket);
};

/** Announced by a cut answer, and never sent. */
const CUT_BODY_BYTES = 64;

/** The head of a 200 that promises more than it holds, then the end of the connection. */
export const cutAnswer = async (socket: Socket): Promise<void> => {
  const head = rawAnswer({ status: 200, headers: {}, body: '' }, CUT_BODY_BYTES);
  await new Promise<void>((resolve) => socket.write(head, () => resolve()));
  socket.destroy();
};

/** No answer; the connection stays until the client, or stop(), ends it. */
export const staySilent = (socket: Socket): Promise<void> => closeOf(socket);
