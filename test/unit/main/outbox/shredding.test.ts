/** What is deleted is nowhere on the disk afterwards. Real files: a fake could not tell. */
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outbox } from '../../../../main/outbox/outbox.ts';
import { openNodeSqlite, type SqliteDatabase } from '../../../../main/ports/sqlite.ts';
import { newItem } from '../delivery/delivery-bench.ts';
import { fill, RealOutbox } from './real-outbox.ts';

let real: RealOutbox;
let outbox: Outbox;
let database: SqliteDatabase;
beforeEach(async () => {
  real = new RealOutbox();
  const opened = await real.open({
    openSqlite: (path) => {
      database = openNodeSqlite(path);
      return database;
    },
  });
  if (!opened.ok) throw new Error(opened.error.code);
  ({ outbox } = opened.value);
});
afterEach(() => {
  outbox.close();
  real.dispose();
});

/** Everything sealed of an item: its wrapped key, its content, and how far it is. */
const secretsOf = (itemId: string): Buffer[] => {
  const row = (database as DatabaseSync)
    .prepare('SELECT wrapped_key, content, delivery FROM item WHERE item_id = ?')
    .get(itemId);
  return Object.values(row ?? {}).map((value) => Buffer.from(value as Uint8Array));
};

/** Items with a history, and all that was ever sealed of each. */
const withHistory = async (count: number): Promise<Map<string, Buffer[]>> => {
  const secrets = new Map<string, Buffer[]>();
  for (const itemId of await fill(outbox, count)) {
    const known = secretsOf(itemId);
    for (const attempts of [1, 2]) {
      outbox.save(itemId, { ...newItem().record, state: 'HELD', attempts }, null);
      known.push(...secretsOf(itemId));
    }
    secrets.set(itemId, known);
  }
  return secrets;
};

const expectGone = (secrets: readonly Buffer[]): void => {
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(real.holding(secret)).toEqual([]);
};

describe('the sealed key and metadata of an item', () => {
  it('are in the index or its log as long as it waits: the search finds what is there', async () => {
    const [secrets = []] = (await withHistory(1)).values();
    for (const secret of secrets) expect(real.holding(secret).join()).toMatch(/index\.sqlite/);
  });

  it.each(['deleted', 'delivered', 'replaced'] as const)(
    'are nowhere on the disk after it was %s, and its neighbours stay',
    async (how) => {
      const all = await withHistory(3);
      const [[itemId, secrets] = ['', []], ...others] = all;
      if (how === 'deleted') await outbox.remove(itemId);
      if (how === 'delivered')
        await outbox.deliver({ itemId, scanRef: 's', deliveredAtMs: 1, reconciled: false });
      if (how === 'replaced') await outbox.put(newItem({}, { replaces: itemId }));
      expectGone(secrets);
      for (const [other] of others) expect(outbox.open(other).ok).toBe(true);
      expect(real.names(real.items)).not.toContain(`${itemId}.sealed`);
    },
  );

  it('are gone by the next deletion or start where the log could not be cut at once', async () => {
    const all = await withHistory(2);
    const [[first, secrets] = ['', []], [second] = ['']] = all;
    const exec = database.exec.bind(database);
    database.exec = (text) => {
      if (text.startsWith('PRAGMA wal_checkpoint')) throw new Error('EIO');
      exec(text);
    };
    expect((await outbox.remove(first)).ok).toBe(true);
    expect(outbox.open(first).ok).toBe(false);
    database.exec = exec;
    await outbox.remove(second);
    expectGone(secrets);
  });

  it('are nowhere under the old key after a rotation', async () => {
    const all = await withHistory(2);
    const wrapped = [...all.keys()].flatMap((itemId) => secretsOf(itemId).slice(0, 1));
    (database as DatabaseSync).exec(
      `UPDATE meta SET value = ${91 * 24 * 3_600_000} WHERE name = 'lived_ms'`,
    );
    outbox.close();
    ({ outbox } = await real.opened());
    for (const secret of wrapped) expect(real.holding(secret)).toEqual([]);
    for (const itemId of all.keys()) expect(outbox.open(itemId).ok).toBe(true);
  });
});
