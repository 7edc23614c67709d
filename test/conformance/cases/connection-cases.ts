/** Connections that can't be made, break, fall silent, or are kept and then closed. */
import { answered, arrives, staysAtHome, type ConformanceCase } from '../conformance-case.ts';
import { answerEmpty, answering, type Handler } from '../servers.ts';
import { LARGE_BYTES, type Stage } from '../stage.ts';
import type { FaultName } from '../../../main/training/faults.ts';
import type { WireOutcome } from '../wire-end.ts';

const lost = arrives('ANSWER_LOST');
const twice = { requests: 2, received: 'whole', tunnels: 0 } as const;

const underFault = (
  what: string,
  name: FaultName,
  expected: ConformanceCase['expected'],
  idleTimeoutMs = 5000,
): ConformanceCase => ({
  name: what,
  expected,
  play: async (stage) => {
    const trust = await stage.simulate({ name, times: Number.POSITIVE_INFINITY });
    return [await stage.send({ trust, idleTimeoutMs })];
  },
});

/** Two requests over one transport, one after the other. */
const sendTwice = async (stage: Stage, handler: Handler): Promise<readonly WireOutcome[]> => {
  const trust = await stage.serve(handler);
  return [await stage.send({ trust }), await stage.send({ trust })];
};

/** Healthy for the first request of all, then as told. */
const onceHealthyThen = (then: Handler): Handler => {
  let count = 0;
  return (exchange) => {
    count += 1;
    return count === 1 ? answerEmpty(exchange) : then(exchange);
  };
};

export const CONNECTION_CASES: readonly ConformanceCase[] = [
  {
    name: 'nothing listens',
    expected: staysAtHome('NETWORK_UNREACHABLE'),
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty);
      await stage.stop();
      return [await stage.send({ trust })];
    },
  },
  {
    name: 'the name has no address',
    expected: staysAtHome('NETWORK_UNREACHABLE'),
    play: async (stage) => [await stage.send({ trust: { origin: 'https://nowhere.invalid' } })],
  },
  {
    name: 'silence in place of a handshake',
    expected: staysAtHome('NETWORK_UNREACHABLE'),
    play: async (stage) => {
      const trust = await stage.listen(() => undefined);
      return [await stage.send({ trust, idleTimeoutMs: 700 })];
    },
  },
  {
    name: 'a handshake that is broken off',
    expected: staysAtHome('NETWORK_UNREACHABLE'),
    play: async (stage) => {
      const trust = await stage.listen((socket) => socket.once('data', () => socket.destroy()));
      return [await stage.send({ trust })];
    },
  },
  underFault('a reset before the body', 'RESET_BEFORE_BODY', { ...lost, received: 'headers' }),
  underFault('a reset in the middle of the body', 'RESET_MID_BODY', lost),
  {
    name: 'a reset in the middle of a large body',
    expected: { ...lost, received: 'part' },
    play: async (stage) => {
      const trust = await stage.serve(async ({ readSome, reset }) => {
        await readSome();
        reset();
      });
      return [await stage.send({ trust, body: { sizeBytes: LARGE_BYTES } })];
    },
  },
  underFault('a reset after the body', 'RESET_AFTER_BODY', lost),
  underFault('silence after the body', 'SILENCE', lost, 700),
  {
    name: 'a server that stops reading',
    expected: { ...lost, received: 'part' },
    play: async (stage) => {
      const trust = await stage.serve(({ readSome }) => readSome());
      const body = { sizeBytes: LARGE_BYTES };
      return [await stage.send({ trust, body, idleTimeoutMs: 1000 })];
    },
  },
  {
    name: 'a connection that ends without an answer',
    expected: lost,
    play: async (stage) => {
      const trust = await stage.serve(async ({ readAll, socket }) => {
        await readAll();
        socket.end();
      });
      return [await stage.send({ trust })];
    },
  },
  {
    name: 'two requests to a server that keeps connections',
    expected: { outcomes: [answered(200), answered(200)], ...twice },
    play: (stage) => sendTwice(stage, answering(200, { Connection: 'keep-alive' }, '')),
  },
  {
    name: 'a kept connection that the server has closed before the second request',
    expected: { outcomes: [answered(200), answered(200)], ...twice },
    play: async (stage) => {
      let isClosed: Promise<unknown> = Promise.resolve();
      const trust = await stage.serve(async (exchange) => {
        isClosed = new Promise((resolve) => exchange.socket.once('close', resolve));
        exchange.response.once('finish', () => exchange.socket.destroySoon());
        await answering(200, { Connection: 'keep-alive' }, '')(exchange);
      });
      const first = await stage.send({ trust });
      await isClosed;
      return [first, await stage.send({ trust })];
    },
  },
  {
    name: 'a connection that the server resets when a second request comes over it',
    expected: { outcomes: [answered(200), answered(200)], ...twice },
    play: (stage) => {
      const used = new WeakSet<object>();
      return sendTwice(stage, async (exchange) => {
        if (used.has(exchange.socket)) exchange.reset();
        used.add(exchange.socket);
        await answering(200, { Connection: 'keep-alive' }, '')(exchange);
      });
    },
  },
  {
    name: 'a second request that is reset after its body is sent once',
    expected: { outcomes: [answered(200), 'ANSWER_LOST'], ...twice },
    play: (stage) =>
      sendTwice(
        stage,
        onceHealthyThen(async ({ readAll, reset }) => {
          await readAll();
          reset();
        }),
      ),
  },
  {
    name: 'a second request whose connection ends without an answer is sent once',
    expected: { outcomes: [answered(200), 'ANSWER_LOST'], ...twice },
    play: (stage) =>
      sendTwice(
        stage,
        onceHealthyThen(async ({ readAll, socket }) => {
          await readAll();
          socket.end();
        }),
      ),
  },
  ...[408, 421, 425, 503].map((status): ConformanceCase => ({
    name: `a second request that is answered with ${status} is sent once`,
    expected: { outcomes: [answered(200), answered(status)], ...twice },
    play: (stage) =>
      sendTwice(stage, onceHealthyThen(answering(status, { Connection: 'close' }, ''))),
  })),
  {
    name: 'a server that would rather speak HTTP/2',
    expected: arrives(answered(200)),
    play: async (stage) => {
      // It understands HTTP/1.1 alone: whoever agrees on h2 gets nowhere.
      const trust = await stage.serve(answerEmpty, undefined, {
        ALPNProtocols: ['h2', 'http/1.1'],
      });
      return [await stage.send({ trust })];
    },
  },
  {
    name: 'two requests at once',
    expected: { outcomes: [answered(200), answered(200)], ...twice },
    play: async (stage) => {
      const trust = await stage.serve(answerEmpty);
      return Promise.all([stage.send({ trust }), stage.send({ trust })]);
    },
  },
];
