/** A caller who gives up, at each stage of an exchange. */
import { arrives, staysAtHome, type ConformanceCase } from '../conformance-case.ts';
import { answerEmpty, type Handler } from '../servers.ts';
import { LARGE_BYTES, type SendWish, type Stage } from '../stage.ts';
import type { WireOutcome } from '../wire-end.ts';

const lost = arrives('ANSWER_LOST');

/** Sends to a server whose handler makes the caller give up. */
const givenUpBy =
  (handler: (giveUp: () => void) => Handler, wish: Omit<SendWish, 'trust'> = {}) =>
  async (stage: Stage): Promise<readonly WireOutcome[]> => {
    const caller = new AbortController();
    const trust = await stage.serve(handler(() => caller.abort()));
    return [await stage.send({ trust, ...wish }, caller.signal)];
  };

export const ABORT_CASES: readonly ConformanceCase[] = [
  {
    name: 'giving up before anything was done',
    expected: staysAtHome('SEND_CANCELLED'),
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty);
      return [await stage.send({ trust }, AbortSignal.abort())];
    },
  },
  {
    name: 'giving up while the body is made',
    expected: staysAtHome('SEND_CANCELLED'),
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty);
      const body = { sizeBytes: 1000, chunkDelayMs: 2000 };
      return [await stage.send({ trust, body }, AbortSignal.timeout(200))];
    },
  },
  {
    name: 'giving up during the handshake',
    expected: staysAtHome('SEND_CANCELLED'),
    play: async (stage) => {
      const caller = new AbortController();
      const trust = await stage.listen((socket) => {
        socket.once('data', () => caller.abort());
      });
      return [await stage.send({ trust }, caller.signal)];
    },
  },
  {
    name: 'giving up in the middle of the body',
    expected: { ...lost, received: 'part' },
    play: givenUpBy(
      (giveUp) =>
        async ({ readSome }) => {
          await readSome();
          giveUp();
        },
      { body: { sizeBytes: LARGE_BYTES } },
    ),
  },
  {
    name: 'giving up while waiting for the answer',
    expected: lost,
    play: givenUpBy((giveUp) => async ({ readAll }) => {
      await readAll();
      giveUp();
    }),
  },
  {
    name: 'giving up in the middle of the answer',
    expected: lost,
    play: givenUpBy((giveUp) => async ({ readAll, response }) => {
      await readAll();
      response.writeHead(200, { 'Content-Length': 9 });
      response.write('half', () => {
        setTimeout(giveUp, 50);
      });
    }),
  },
];
