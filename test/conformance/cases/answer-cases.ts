/** What a server says, when, and how much of it arrives. */
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { FAULTS, type FaultName } from '../../../main/training/faults.ts';
import { answered, arrives, type ConformanceCase } from '../conformance-case.ts';
import { answerEmpty, answering, type Handler } from '../servers.ts';
import { LARGE_BYTES, type SendWish, type Stage } from '../stage.ts';
import type { WireOutcome } from '../wire-end.ts';

const lost = arrives('ANSWER_LOST');

/** Retry-After is believed for a day at most; a date two days off is a day whenever it is read. */
const DAY_SECONDS = 86_400;
const httpDate = (daysFromNow: number): string =>
  new Date(Date.now() + daysFromNow * DAY_SECONDS * 1000).toUTCString();

/** What the simulator says under a fault that has an answer of its own. */
const bodyOf = (name: FaultName): string => {
  const { wire } = FAULTS[name];
  if (wire.kind !== 'answer' && wire.kind !== 'answer-early') throw new Error(`${name} is mute`);
  return wire.answer.body;
};

const meeting =
  (handler: Handler, wish: Omit<SendWish, 'trust'> = {}) =>
  async (stage: Stage): Promise<readonly WireOutcome[]> => [
    await stage.send({ trust: await stage.serve(handler), ...wish }),
  ];

/** Reads the request, then says `raw` as it stands and ends the connection. */
const saying =
  (raw: string): Handler =>
  async ({ readAll, socket }) => {
    await readAll();
    socket.end(raw);
  };

const large = { body: { sizeBytes: LARGE_BYTES } };

/**
 * Reads the beginning of the body, says `raw`, and reads no more. Lingers before it ends the
 * connection, as RFC 9112 §9.6 asks for, so that the answer is not lost with it.
 */
const sayingEarly =
  (raw: string): Handler =>
  async ({ readSome, socket }) => {
    await readSome();
    socket.write(`HTTP/1.1 ${raw}`);
    await sleep(300);
    socket.destroy();
  };

const refusalWithRetry = (value: string, seconds: number | null): ConformanceCase => ({
  name: `a 429 with Retry-After ${value.replace(/^[A-Z].*/, 'as a date')} (${seconds} s)`,
  expected: arrives(answered(429, '{}', seconds)),
  play: meeting(answering(429, { 'Retry-After': value }, '{}')),
});

const redirect = (status: number): ConformanceCase => ({
  name: `a ${status} to another server is told and not followed`,
  expected: arrives(answered(status)),
  play: async (stage) => {
    const elsewhere = await stage.serve(answerEmpty);
    const trust = await stage.serve(answering(status, { Location: `${elsewhere.origin}/x` }, ''));
    return [await stage.send({ trust })];
  },
});

export const ANSWER_CASES: readonly ConformanceCase[] = [
  {
    name: 'an answer with a body',
    expected: arrives(answered(200, '{"authToken":"ąčę"}')),
    play: meeting(answering(200, {}, '{"authToken":"ąčę"}')),
  },
  {
    name: 'an answer that is compressed for whoever can read that',
    expected: arrives(answered(200, 'plain')),
    play: meeting(async ({ request, response, readAll }) => {
      await readAll();
      const isReadable = /gzip/.test(String(request.headers['accept-encoding']));
      if (isReadable) response.setHeader('Content-Encoding', 'gzip');
      response.end(isReadable ? gzipSync('plain') : 'plain');
    }),
  },
  {
    name: 'an answer after interim ones',
    expected: arrives(answered(200, 'last')),
    play: meeting(async ({ response, readAll }) => {
      await readAll();
      response.writeContinue();
      response.writeProcessing();
      response.end('last');
    }),
  },
  {
    name: 'an answer without a length, ended by its connection',
    expected: arrives(answered(200, 'to the end')),
    play: meeting(saying('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end')),
  },
  {
    name: 'a 502 with a page of HTML',
    expected: arrives(answered(502, bodyOf('BAD_GATEWAY'))),
    play: async (stage) => [
      await stage.send({ trust: await stage.simulate({ name: 'BAD_GATEWAY' }) }),
    ],
  },
  refusalWithRetry('30', 30),
  refusalWithRetry(httpDate(2), DAY_SECONDS),
  refusalWithRetry(httpDate(-2), 0),
  refusalWithRetry('soon', null),
  {
    name: 'a redirect of the simulator is told and not followed',
    expected: arrives(answered(302)),
    play: async (stage) => [
      await stage.send({ trust: await stage.simulate({ name: 'REDIRECT' }) }),
    ],
  },
  ...[301, 302, 303, 307, 308].map(redirect),
  {
    name: 'an answer of the greatest length allowed',
    expected: arrives(answered(200, 'x'.repeat(500))),
    play: meeting(answering(200, {}, 'x'.repeat(500)), { maxAnswerBytes: 500 }),
  },
  {
    name: 'an answer that is too long by one byte',
    expected: lost,
    play: meeting(answering(200, {}, 'x'.repeat(501)), { maxAnswerBytes: 500 }),
  },
  {
    name: 'a slow answer without too long a silence',
    expected: arrives(answered(200, '1234')),
    play: meeting(
      async ({ response, readAll }) => {
        await readAll();
        response.writeHead(200, { 'Content-Length': 4 });
        for (const digit of '1234') {
          await sleep(250);
          response.write(digit);
        }
        response.end();
      },
      { idleTimeoutMs: 1000 },
    ),
  },
  {
    name: 'an answer that drips past the whole time allowed',
    expected: lost,
    play: async (stage) => {
      const trust = await stage.simulate({ name: 'DRIP' });
      return [await stage.send({ trust, timeoutMs: 1500 })];
    },
  },
  {
    name: 'silence in the middle of an answer',
    expected: lost,
    play: meeting(
      async ({ response, readAll }) => {
        await readAll();
        response.writeHead(200, { 'Content-Length': 4 });
        response.write('12');
      },
      { idleTimeoutMs: 700 },
    ),
  },
  {
    name: 'a 200 that is cut before its body',
    expected: lost,
    play: async (stage) => [await stage.send({ trust: await stage.simulate({ name: 'CUT_200' }) })],
  },
  {
    name: 'a 200 that is cut inside its body',
    expected: lost,
    play: meeting(saying('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')),
  },
  {
    name: 'a 200 in chunks of which the last is missing',
    expected: lost,
    play: meeting(saying('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n')),
  },
  {
    name: 'a 200 that is reset inside its body',
    expected: lost,
    play: meeting(async ({ response, readAll, reset }) => {
      await readAll();
      response.writeHead(200, { 'Content-Length': 9 });
      response.write('half', () => {
        setTimeout(reset, 50);
      });
    }),
  },
  {
    name: 'an answer that is not HTTP',
    expected: lost,
    play: meeting(saying('SMTP ready\r\n\r\n')),
  },
  {
    name: 'an answer whose headers never end',
    expected: lost,
    play: meeting(saying(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(400_000)}`)),
  },
  {
    name: 'a refusal before the body is read (simulator)',
    expected: {
      ...arrives(answered(413, bodyOf('REQUEST_TOO_LARGE'))),
      received: 'headers',
    },
    play: async (stage) => {
      const trust = await stage.simulate({ name: 'REQUEST_TOO_LARGE' });
      return [await stage.send({ trust, body: { sizeBytes: LARGE_BYTES } })];
    },
  },
  {
    name: 'a refusal in the middle of the body, then the end of the connection',
    expected: { ...arrives(answered(413, '{}')), received: 'part' },
    play: meeting(sayingEarly('413 Content Too Large\r\nContent-Length: 2\r\n\r\n{}'), large),
  },
  {
    name: 'a success in the middle of the body, then the end of the connection',
    expected: { ...lost, received: 'part' },
    play: meeting(sayingEarly('200 OK\r\nContent-Length: 0\r\n\r\n'), large),
  },
  {
    name: 'a redirect in the middle of the body, then the end of the connection',
    expected: { ...lost, received: 'part' },
    play: meeting(
      sayingEarly('307 Moved\r\nContent-Length: 0\r\nLocation: https://x.invalid/\r\n\r\n'),
      large,
    ),
  },
];
