/**
 * Owns what saving an item costs: beside the same bytes written and synced bare, which nobody can
 * beat, and beside plain blobs in SQLite, which is what one would do first. And how long a full
 * outbox takes to open.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../main/ports/clock.ts';
import { systemDisk } from '../../main/ports/disk.ts';
import { systemRandom } from '../../main/ports/random.ts';
import { openNodeSqlite } from '../../main/ports/sqlite.ts';
import { migrate } from '../../main/outbox/index-schema.ts';
import { passingSealer } from '../../main/outbox/key-sealers.ts';
import { openOutbox } from '../../main/outbox/open-outbox.ts';
import type { NewItem, Outbox } from '../../main/outbox/outbox.ts';
import { medianOf, round, type Bench } from './bench.ts';

const MAX_TIMES_BARE = 1.6;
const MAX_OPEN_MS = 100;
const ROUNDS = 42;
const PICTURE_BYTES = 2_000_000;
const MEGABYTE = 1_000_000;
const FILLINGS = [10_000, 50_000] as const;
const OPENINGS = 5;
/** Sizes of a real row's sealed columns: one wrapped key, metadata, and the state of its delivery. */
const ROW_BYTES = { key: 60, content: 190, delivery: 330 } as const;

const pictures = { FRONT: PICTURE_BYTES, BACK: PICTURE_BYTES, FACE: PICTURE_BYTES };

const newItem = (): NewItem => ({
  content: {
    environment: 'production',
    country: 'LT',
    documentType: 'ID_CARD',
    language: 'lt',
    consentVersion: '2026-11',
    consentAtMs: 0,
    takenAsIs: [],
    externalRef: systemRandom.uuid(),
    customerReference: null,
  },
  record: {
    state: 'QUEUED',
    code: null,
    token: null,
    clientId: systemRandom.uuid(),
    isClientIdRedrawn: false,
    attempts: 0,
    failures: 0,
    asks: 0,
    lastByteLivedMs: null,
  },
  pictures: Object.fromEntries(
    Object.entries(pictures).map(([step, sizeBytes]) => [step, randomBytes(sizeBytes)]),
  ),
  replaces: null,
});

const openAt = async (folder: string): Promise<Outbox> => {
  const opened = await openOutbox({
    disk: systemDisk,
    random: systemRandom,
    clock: systemClock,
    openSqlite: openNodeSqlite,
    sealer: passingSealer(systemRandom),
    folder,
  });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value.outbox;
};

const bareWrite = async (path: string, item: NewItem): Promise<void> => {
  const file = await open(path, 'w');
  for (const picture of Object.values(item.pictures)) await file.write(picture);
  await file.datasync();
  await file.close();
};

const blobTable = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path);
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE item (a, b, c)',
  );
  return database;
};

const timed = async (work: () => unknown, into: number[]): Promise<void> => {
  const startMs = performance.now();
  await work();
  into.push(performance.now() - startMs);
};

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;

/** All three take turns in every order: a busy spell, and a disk still at the one before, hit them alike. */
const raceSaving = async (folder: string) => {
  const outbox = await openAt(join(folder, 'outbox'));
  const database = blobTable(join(folder, 'blobs.sqlite'));
  const insert = database.prepare('INSERT INTO item VALUES (?, ?, ?)');
  const ours: number[] = [];
  const bare: number[] = [];
  const blobs: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const item = newItem();
    const contenders = [
      () => timed(() => bareWrite(join(folder, `bare-${turn}`), item), bare),
      () => timed(() => outbox.put(item), ours),
      () => timed(() => insert.run(...Object.values(item.pictures)), blobs),
    ];
    if (turn % 2 === 1) contenders.reverse();
    const first = turn % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)])
      await contender();
  }
  outbox.close();
  database.close();
  return { ours, bare, blobs };
};

/** An index with that many rows, and a file for each. */
const fill = async (folder: string, count: number): Promise<void> => {
  const items = join(folder, 'items');
  await mkdir(items, { recursive: true });
  (await openAt(folder)).close();
  const database = new DatabaseSync(join(folder, 'index.sqlite'));
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF');
  migrate(database, Number(database.prepare('PRAGMA user_version').get()?.['user_version']));
  const insert = database.prepare(
    `INSERT INTO item (item_id, state, due_lived_ms, attempts, code, saved_wall_ms, saved_lived_ms,
       size_bytes, key_number, wrapped_key, content, delivery)
     VALUES (?, 'QUEUED', 0, 0, NULL, 0, 0, 6000000, 1, ?, ?, ?)`,
  );
  const { key, content, delivery } = ROW_BYTES;
  database.exec('BEGIN');
  const ids = Array.from({ length: count }, () => systemRandom.uuid());
  for (const id of ids)
    insert.run(id, randomBytes(key), randomBytes(content), randomBytes(delivery));
  database.exec('COMMIT');
  database.close();
  for (const id of ids) await writeFile(join(items, `${id}.sealed`), '');
};

const openingMs = async (folder: string, count: number): Promise<number> => {
  await fill(folder, count);
  const times: number[] = [];
  for (let turn = 0; turn < OPENINGS; turn += 1) {
    const startMs = performance.now();
    const outbox = await openAt(folder);
    const [first] = outbox.queue.firstDue(1);
    times.push(performance.now() - startMs);
    const waiting = outbox.queue.counts().get('QUEUED');
    outbox.close();
    if (first === undefined || waiting !== count) throw new Error('Not every item was there.');
  }
  return medianOf(times);
};

export const outboxBench: Bench = {
  name: 'outbox',
  target: `an item of 3 × 2 MB saved within ${MAX_TIMES_BARE} × of the bare synced write; 50 000 items open in ${MAX_OPEN_MS} ms`,
  run: async (tell) => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosk-bench-'));
    try {
      const { ours, bare, blobs } = await raceSaving(folder);
      tell(`${ROUNDS} rounds of saving`);
      const openings: Record<string, number> = {};
      for (const count of FILLINGS) {
        openings[`open${count}Ms`] = round(await openingMs(join(folder, `${count}`), count), 1);
        tell(`${count} items opened`);
      }
      const saveMs = medianOf(ours);
      const timesBare = saveMs / medianOf(bare);
      const itemMegabytes = (3 * PICTURE_BYTES) / MEGABYTE;
      return {
        reached:
          timesBare <= MAX_TIMES_BARE && (openings['open50000Ms'] ?? Infinity) <= MAX_OPEN_MS,
        figures: {
          saveMs: round(saveMs, 1),
          saveP99Ms: round(percentile(ours, 0.99), 1),
          saveMegabytesPerSecond: round((itemMegabytes / saveMs) * 1000, 0),
          bareSyncMs: round(medianOf(bare), 1),
          timesBare: round(timesBare, 2),
          sqliteBlobsMs: round(medianOf(blobs), 1),
          ...openings,
        },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
