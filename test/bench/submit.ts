/**
 * Owns what sending a submission of 19 MB costs, from the disk to the last byte: processor time, time
 * and memory, beside what one would write first: files read, JSON.stringify, and fetch, axios or got.
 * Each contender runs in processes of its own, against the same server.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { LIMITS } from '../../preload/contract/limits.ts';
import { CAPTURE_STEPS } from '../../preload/contract/vocabulary.ts';
import { makeCertificate } from '../support/certificates.ts';
import { medianOf, round, type Bench } from './bench.ts';
import { SENDERS, type Sender } from './submit-order.ts';

const MAX_SHARE = 0.5;
const ROUNDS = 5;
const SENDER = join(import.meta.dirname, 'submit-sender.ts');

const spent = z.object({ cpuMs: z.number(), wallMs: z.number(), memoryMegabytes: z.number() });
type Spent = z.infer<typeof spent>;

/** Takes a body whole and answers as Mark ID does. */
const startServer = async () => {
  const identity = await makeCertificate({ ipAddresses: ['127.0.0.1'] });
  let receivedBytes = 0;
  const server = createServer(
    { cert: identity.certificatePem, key: identity.privateKeyPem },
    (request, response) => {
      request.on('data', (chunk: Buffer) => {
        receivedBytes += chunk.byteLength;
      });
      request.on('end', () => response.writeHead(200, { 'Content-Length': 0 }).end());
    },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `https://127.0.0.1:${address.port}`,
    certificatePem: identity.certificatePem,
    received: () => receivedBytes,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const runSender = async (sender: Sender, folder: string, origin: string): Promise<Spent> => {
  const child = spawn(process.execPath, ['--expose-gc', SENDER, sender, folder, origin], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  return spent.parse(JSON.parse(Buffer.concat(chunks).toString()));
};

export const submitBench: Bench = {
  name: 'submit',
  target: `19 MB sent with at most ${MAX_SHARE} of the processor time and memory of the best peer`,
  run: async (tell) => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosk-bench-'));
    const server = await startServer();
    try {
      await writeFile(join(folder, 'ca.pem'), server.certificatePem);
      for (const step of CAPTURE_STEPS)
        await writeFile(join(folder, `${step}.jpg`), randomBytes(LIMITS.sentPictureBytes));
      const all = new Map<Sender, Spent[]>(SENDERS.map((sender) => [sender, []]));
      for (let turn = 0; turn < ROUNDS; turn += 1) {
        for (const sender of SENDERS)
          all.get(sender)?.push(await runSender(sender, folder, server.origin));
        tell(`round ${turn + 1} of ${ROUNDS}`);
      }
      const median = (sender: Sender, figure: keyof Spent): number =>
        medianOf((all.get(sender) ?? []).map((each) => each[figure]));
      const bestPeer = (figure: keyof Spent): number =>
        Math.min(
          ...SENDERS.filter((sender) => sender !== 'kiosk').map((peer) => median(peer, figure)),
        );
      const cpuShare = median('kiosk', 'cpuMs') / bestPeer('cpuMs');
      const memoryShare = median('kiosk', 'memoryMegabytes') / bestPeer('memoryMegabytes');
      const figures: Record<string, number> = {
        bodyMegabytes: round(server.received() / 1e6 / ROUNDS / SENDERS.length, 1),
        cpuShare: round(cpuShare, 2),
        memoryShare: round(memoryShare, 2),
      };
      for (const sender of SENDERS)
        for (const figure of ['cpuMs', 'wallMs', 'memoryMegabytes'] as const)
          figures[`${sender}${figure.slice(0, 1).toUpperCase()}${figure.slice(1)}`] = round(
            median(sender, figure),
            0,
          );
      return { reached: cpuShare <= MAX_SHARE && memoryShare <= MAX_SHARE, figures };
    } finally {
      server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
