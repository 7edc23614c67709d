/** An outbox on a real disk in a folder of its own: what a reader of its files can see, and a way to spoil them. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { passingSealer } from '../../../../main/outbox/key-sealers.ts';
import {
  openOutbox,
  type OpenedOutbox,
  type OutboxPorts,
} from '../../../../main/outbox/open-outbox.ts';
import type { Outbox } from '../../../../main/outbox/outbox.ts';
import { systemDisk } from '../../../../main/ports/disk.ts';
import { openNodeSqlite } from '../../../../main/ports/sqlite.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';
import { newItem } from '../delivery/delivery-bench.ts';

export class RealOutbox {
  readonly root = mkdtempSync(join(tmpdir(), 'mark-id-outbox-'));
  readonly folder: string;
  readonly index: string;
  readonly items: string;
  readonly quarantine: string;
  readonly clock = new FakeClock();
  readonly random = seededRandom(4);
  readonly sealer = passingSealer(this.random);

  constructor(template: RealOutbox | null = null) {
    this.folder = join(this.root, 'outbox');
    this.index = join(this.folder, 'index.sqlite');
    this.items = join(this.folder, 'items');
    this.quarantine = join(this.folder, 'quarantine');
    if (template === null) return;
    this.sealer = template.sealer;
    cpSync(template.folder, this.folder, { recursive: true });
  }

  /** Opens it, with other ports where the test gives some. */
  open(ports: Partial<OutboxPorts> = {}): ReturnType<typeof openOutbox> {
    const { clock, random, sealer, folder } = this;
    return openOutbox({
      disk: systemDisk,
      random,
      clock,
      openSqlite: openNodeSqlite,
      sealer,
      folder,
      ...ports,
    });
  }

  async opened(): Promise<OpenedOutbox> {
    const done = await this.open();
    if (!done.ok) throw new Error(done.error.code);
    return done.value;
  }

  /** What of the files in a folder exists now. */
  names(folder: string): string[] {
    try {
      return readdirSync(folder).toSorted();
    } catch {
      return [];
    }
  }

  /** Every byte of every file of the outbox, by name. */
  allBytes(): Map<string, Buffer> {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true });
    return new Map(
      files
        .filter((file) => file.isFile())
        .map((file) => [
          join(file.parentPath, file.name),
          readFileSync(join(file.parentPath, file.name)),
        ]),
    );
  }

  /** The files that hold these bytes. */
  holding(bytes: Buffer | string): string[] {
    return [...this.allBytes()].flatMap(([name, content]) =>
      content.includes(bytes) ? [name] : [],
    );
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Saves so many items and gives their ids. */
export const fill = async (outbox: Outbox, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const saved = await outbox.put(newItem({ state: 'HELD' }));
    if (!saved.ok) throw new Error(saved.error.code);
    ids.push(saved.value.itemId);
  }
  return ids;
};

/** Whether an item can be opened and all its pictures read. */
export const isWhole = async (outbox: Outbox, itemId: string): Promise<boolean> => {
  const read = await outbox.withPictures(itemId, async () => true);
  return outbox.open(itemId).ok && read.ok;
};
