/** One sender in a process of its own: prepares, measures one submission, prints what it cost. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import axios from 'axios';
import got from 'got';
import { processBody } from '../../main/markid/request-body.ts';
import { openOutbox } from '../../main/outbox/open-outbox.ts';
import { passingSealer } from '../../main/outbox/key-sealers.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { systemDisk } from '../../main/ports/disk.ts';
import { createNodeHttpsTransport } from '../../main/ports/node-https-transport.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { openNodeSqlite } from '../../main/ports/sqlite.ts';
import { CAPTURE_STEPS, type CaptureStep } from '../../preload/contract/vocabulary.ts';
import { SENDERS, type Sender } from './submit-order.ts';

const [, , sender, folder = '', origin = ''] = process.argv;
const PATH = '/api/v2/process';
const HEAD = { authToken: 'x'.repeat(40), country: 'LT', documentType: 'ID_CARD' } as const;
const TIMEOUT_MS = 120_000;
/** Often enough to see the peak of something that takes a hundred times as long. */
const MEMORY_GLANCE_MS = 3;

const readPictures = async (): Promise<Partial<Record<CaptureStep, Buffer>>> => {
  const pictures: Partial<Record<CaptureStep, Buffer>> = {};
  for (const step of CAPTURE_STEPS) pictures[step] = await readFile(join(folder, `${step}.jpg`));
  return pictures;
};

/** What one would write first. */
const jsonBody = async (): Promise<string> => {
  const images: Record<string, string> = {};
  for (const [step, picture] of Object.entries(await readPictures()))
    images[step] = picture.toString('base64');
  return JSON.stringify({ ...HEAD, images });
};

const headers = { 'Content-Type': 'application/json' };

/** Saves the pictures in a sealed outbox first; sending starts from there. */
const kioskSender = async (): Promise<() => Promise<unknown>> => {
  const opened = await openOutbox({
    disk: systemDisk,
    random: systemRandom,
    clock: systemClock,
    openSqlite: openNodeSqlite,
    sealer: passingSealer(systemRandom),
    folder: join(folder, `outbox-${process.pid}`),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const { outbox } = opened.value;
  const saved = await outbox.put({
    content: {
      environment: 'production',
      country: HEAD.country,
      documentType: HEAD.documentType,
      language: 'en',
      consentVersion: '1',
      consentAtMs: 0,
      takenAsIs: [],
      externalRef: systemRandom.uuid(),
      customerReference: null,
    },
    record: {
      state: 'READY',
      code: null,
      token: null,
      clientId: 'bench',
      isClientIdRedrawn: false,
      attempts: 0,
      failures: 0,
      asks: 0,
      lastByteLivedMs: null,
    },
    pictures: await readPictures(),
    replaces: null,
  });
  if (!saved.ok) throw new Error(saved.error.code);
  const extraCaPem = await readFile(join(folder, 'ca.pem'), 'utf8');
  const transport = createNodeHttpsTransport({ origin, extraCaPem });
  return async () => {
    const sent = await outbox.withPictures(saved.value.itemId, async (images) => {
      const body = processBody({ ...HEAD, images });
      if (!body.ok) throw new Error(body.error.code);
      const answer = await transport.send(
        {
          method: 'POST',
          path: PATH,
          headers,
          body: body.value,
          timeoutMs: TIMEOUT_MS,
          idleTimeoutMs: TIMEOUT_MS,
          maxAnswerBytes: 1000,
        },
        { signal: new AbortController().signal },
      );
      if (!answer.ok) throw new Error(answer.error.code);
    });
    if (!sent.ok) throw new Error(sent.error.code);
  };
};

const PREPARE: Readonly<Record<Sender, () => Promise<() => Promise<unknown>>>> = {
  kiosk: kioskSender,
  fetch: async () => async () =>
    fetch(`${origin}${PATH}`, { method: 'POST', headers, body: await jsonBody() }),
  axios: async () => async () =>
    axios.post(`${origin}${PATH}`, await jsonBody(), { headers, maxBodyLength: Infinity }),
  got: async () => async () => got.post(`${origin}${PATH}`, { headers, body: await jsonBody() }),
};

const chosen = SENDERS.find((each) => each === sender);
if (chosen === undefined) throw new Error('There is no such sender.');
const send = await PREPARE[chosen]();
globalThis.gc?.();
const rssBefore = process.memoryUsage.rss();
let peakRss = rssBefore;
const watch = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss());
}, MEMORY_GLANCE_MS);
const cpuBefore = process.cpuUsage();
const startMs = performance.now();
await send();
const wallMs = performance.now() - startMs;
const { user, system } = process.cpuUsage(cpuBefore);
clearInterval(watch);
peakRss = Math.max(peakRss, process.memoryUsage.rss());
process.stdout.write(
  JSON.stringify({
    cpuMs: (user + system) / 1000,
    wallMs,
    memoryMegabytes: (peakRss - rssBefore) / 1e6,
  }),
  () => process.exit(0),
);
