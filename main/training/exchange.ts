/**
 * One request from its headers to its end: journal, fault, body, effect, answer, and the line about it.
 * Never interprets a request (routes.ts) and never tells more of it than method, route and sizes.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../ports/clock.ts';
import { gatewayPage, type Answer } from './answers.ts';
import type { FaultPlan } from './fault-plan.ts';
import { FAULTS, type Fault, type FaultName, type FaultWire } from './faults.ts';
import type { JournalWriter } from './journal.ts';
import { routeOf, type Api, type Route } from './routes.ts';
import { checkAuthToken, parseJson, type Checked } from './validation.ts';
import {
  announcedBytes,
  answerUnread,
  cutAnswer,
  dripAnswer,
  readBody,
  sendAnswer,
  staySilent,
  type Connection,
} from './wire.ts';

/** What may be told about a request: nothing of its content. */
export interface RequestRecord {
  readonly method: string;
  /** `other`: a path that is no route; it is not repeated. */
  readonly route: Route | 'other';
  /** Null when no answer was given. */
  readonly status: number | null;
  readonly receivedBytes: number;
  readonly durationMs: number;
  readonly fault: FaultName | null;
}

export interface ExchangeOptions {
  readonly api: Api;
  readonly faults: FaultPlan;
  readonly journal: JournalWriter;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
  /** Ends the connection that carries this socket with a TCP reset. */
  readonly reset: (socket: Socket) => void;
  readonly onRequest: (record: RequestRecord) => void;
}

const TOO_LARGE = gatewayPage(413, 'Request Entity Too Large');

/** Where to stop reading: half of the body for a reset in its middle, else nowhere. */
const stopOf = (wire: FaultWire | null, request: IncomingMessage): number =>
  wire?.kind === 'reset' && wire.point === 'mid-body'
    ? Math.max(1, Math.floor((announcedBytes(request) ?? 0) / 2))
    : Number.POSITIVE_INFINITY;

/** Builds the handler of a server's requests. Resolves when the exchange is over. */
export const createExchange = (
  options: ExchangeOptions,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const { api, faults, journal, clock, stopping, reset } = options;

  const noteToken = (route: Route | null, body: Checked<unknown>): void => {
    if (route !== 'process' || !body.ok) return;
    const token = checkAuthToken(body.value);
    if (token.ok) journal.notePosted(token.value);
  };

  /** The healthy server's answer and all it changes; null when the fault keeps it from acting. */
  const handle = (request: IncomingMessage, bytes: Buffer, fault: Fault | null): Answer | null => {
    const route = routeOf(request.url ?? '');
    const body = parseJson(bytes);
    noteToken(route, body);
    const effect = fault?.effect ?? 'handled';
    if (effect === 'none' || (effect === 'refused' && route !== 'process')) return null;
    return api(
      {
        route,
        method: request.method ?? '',
        authorization: request.headers.authorization,
        contentType: request.headers['content-type'],
        body,
      },
      effect === 'refused' ? 'refuse' : 'accept',
    );
  };

  /** Puts the fault, or else the true answer, on the wire; resolves with the status sent, null for none. */
  const answerAs = async (
    wire: FaultWire | null,
    truth: Answer | null,
    connection: Connection,
    response: ServerResponse,
  ): Promise<number | null> => {
    const answer = wire?.kind === 'answer' ? wire.answer : truth;
    if (wire?.kind === 'cut') {
      await cutAnswer(connection.socket);
      return 200;
    }
    if (wire?.kind === 'reset') {
      reset(connection.socket);
    } else if (wire?.kind === 'silence') {
      await staySilent(connection.socket);
    } else if (answer !== null) {
      await (wire?.kind === 'drip' ? dripAnswer(connection, answer) : sendAnswer(response, answer));
      return answer.status;
    }
    return null;
  };

  /** Takes one exchange through; resolves with the status sent, null for none. */
  const run = async (
    request: IncomingMessage,
    response: ServerResponse,
    fault: Fault | null,
    onBytes: (count: number) => void,
  ): Promise<number | null> => {
    const connection: Connection = { socket: request.socket, clock, stopping };
    const wire = fault?.wire ?? null;
    if (wire?.kind === 'answer-early') {
      await answerUnread(connection, wire.answer);
      return wire.answer.status;
    }
    if (wire?.kind === 'reset' && wire.point === 'before-body') {
      reset(connection.socket);
      return null;
    }
    const read = await readBody(request, { stopAtBytes: stopOf(wire, request), onBytes });
    if (read.kind === 'whole') {
      return answerAs(wire, handle(request, read.bytes, fault), connection, response);
    }
    if (read.kind === 'too-large') {
      await answerUnread(connection, TOO_LARGE);
      return TOO_LARGE.status;
    }
    if (read.kind === 'stopped') reset(connection.socket);
    return null;
  };

  return async (request, response) => {
    const startedMs = clock.monotonicMs();
    const route = routeOf(request.url ?? '');
    journal.noteRequest(route ?? 'other');
    const fault = route === null ? null : faults.next(route);
    let receivedBytes = 0;
    const status = await run(request, response, fault === null ? null : FAULTS[fault], (count) => {
      receivedBytes += count;
    });
    options.onRequest({
      method: request.method ?? '',
      route: route ?? 'other',
      status,
      receivedBytes,
      durationMs: clock.monotonicMs() - startedMs,
      fault,
    });
  };
};
