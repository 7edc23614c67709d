/**
 * One kiosk's outbox and courier over a fake Mark ID: a disk, a database and a clock that outlive
 * each run, and runs that end properly or are killed.
 */
import { Courier } from '../../../../main/delivery/courier.ts';
import type { ItemNews } from '../../../../main/delivery/item-steps.ts';
import type { QueuedItem } from '../../../../main/outbox/item-queue.ts';
import type { KioskEvent } from '../../../../preload/contract/event-catalogue.ts';
import type { MarkIdClient } from '../../../../main/markid/client.ts';
import type { DeliveryRecord, ItemToken } from '../../../../main/outbox/item.ts';
import type { KeySealer } from '../../../../main/outbox/item-keys.ts';
import { passingSealer } from '../../../../main/outbox/key-sealers.ts';
import { openOutbox, type OpenedOutbox } from '../../../../main/outbox/open-outbox.ts';
import type { NewItem } from '../../../../main/outbox/outbox.ts';
import type { Clock } from '../../../../main/ports/clock.ts';
import type { Random } from '../../../../main/ports/random.ts';
import type { DeliveryProgress } from '../../../../preload/contract/session-channels.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';
import { MemorySqlite } from '../../../support/memory-sqlite.ts';
import { fakeMarkId } from './fake-markid.ts';

export const FOLDER = '/data/outbox';
export const INDEX = `${FOLDER}/index.sqlite`;

const NEW_RECORD: DeliveryRecord = {
  state: 'QUEUED',
  code: null,
  token: null,
  clientId: 'client-0',
  isClientIdRedrawn: false,
  attempts: 0,
  failures: 0,
  asks: 0,
  lastByteLivedMs: null,
};

export const PICTURES = {
  FRONT: Buffer.from('the front of a card'),
  FACE: Buffer.from('a face'),
};

/** An item as a session makes it. */
export const newItem = (
  record: Partial<DeliveryRecord> = {},
  change: Partial<NewItem> = {},
): NewItem => ({
  content: {
    environment: 'production',
    country: 'LT',
    documentType: 'PASSPORT',
    language: 'en',
    consentVersion: '1',
    consentAtMs: 0,
    takenAsIs: ['FACE'],
    externalRef: 'reference-1',
    customerReference: null,
  },
  record: { ...NEW_RECORD, ...record },
  pictures: PICTURES,
  replaces: null,
  ...change,
});

export interface BenchOptions {
  readonly tokenSource?: 'mint' | 'handoff';
  readonly environment?: 'training' | 'production';
  readonly itemsPerMinute?: number;
  readonly retentionMs?: number;
  readonly folder?: string;
  /** In place of the fake Mark ID's. */
  readonly client?: MarkIdClient;
  /** The same in every run unless it is given. */
  readonly random?: Random;
}

/** A clock and a client that stop with the process they belong to. */
const mortal = (clock: FakeClock, client: MarkIdClient) => {
  let isDead = false;
  const untilDeath = <Value>(work: Promise<Value>): Promise<Value> =>
    isDead
      ? new Promise(() => undefined)
      : work.then((value) => (isDead ? new Promise<Value>(() => undefined) : value));
  const mortalClock: Clock = {
    wallMs: () => clock.wallMs(),
    startOfDayMs: () => clock.startOfDayMs(),
    monotonicMs: () => clock.monotonicMs(),
    sleep: (ms, signal) => untilDeath(clock.sleep(ms, signal)),
  };
  const mortalClient: MarkIdClient = {
    mintToken: (...args) => untilDeath(client.mintToken(...args)),
    process: (...args) => untilDeath(client.process(...args)),
    status: (...args) => untilDeath(client.status(...args)),
    testCredentials: (...args) => untilDeath(client.testCredentials(...args)),
  };
  return {
    clock: mortalClock,
    client: mortalClient,
    die: (): void => {
      isDead = true;
    },
  };
};

export class DeliveryBench {
  readonly clock = new FakeClock();
  readonly disk = new MemoryDisk();
  readonly sqlite = new MemorySqlite(this.disk);
  readonly random: Random;
  readonly sealer: KeySealer;
  readonly markId = fakeMarkId(this.clock);
  readonly events: KioskEvent[] = [];
  readonly news: ItemNews[] = [];
  readonly progress: DeliveryProgress[] = [];
  readonly #options: BenchOptions;
  #courier: Courier | null = null;
  #die = (): void => undefined;

  constructor(options: BenchOptions = {}) {
    this.#options = options;
    this.random = options.random ?? seededRandom(3);
    this.sealer = passingSealer(this.random);
  }

  /** Opens the outbox of this run without delivering. */
  async open(clock: Clock = this.clock): Promise<OpenedOutbox> {
    const { disk, random, sealer } = this;
    const folder = this.#options.folder ?? FOLDER;
    const opened = await openOutbox({
      disk,
      random,
      clock,
      openSqlite: this.sqlite.open,
      sealer,
      folder,
    });
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  }

  /** A start of the kiosk: the courier runs and takes its first steps. */
  async start(): Promise<Courier> {
    const { clock, client, die } = mortal(this.clock, this.#options.client ?? this.markId.client);
    const { outbox } = await this.open(clock);
    const { tokenSource = 'mint', environment = 'production' } = this.#options;
    const { itemsPerMinute = 60, retentionMs = 30 * 24 * 3_600_000 } = this.#options;
    this.#die = die;
    this.#courier = new Courier({
      outbox,
      client,
      clock,
      random: this.random,
      events: (event) => {
        this.events.push(event);
      },
      environment,
      tokenSource,
      tokenExpirySeconds: 3600,
      itemsPerMinute,
      retentionMs,
      onProgress: (_itemId, step) => {
        this.progress.push(step);
      },
      onNews: (news) => {
        this.news.push(news);
      },
    });
    this.#courier.start();
    await this.settle();
    return this.#courier;
  }

  get courier(): Courier {
    if (this.#courier === null) throw new Error('The bench was not started.');
    return this.#courier;
  }

  /** Ends the run properly. */
  async stop(): Promise<void> {
    await this.courier.stop();
    this.courier.outbox.close();
  }

  /** Ends the run as a power cut does: nothing of it goes on. */
  kill(): void {
    this.#die();
  }

  /** Saves an item and lets the courier do what it can at once. */
  async accept(item = newItem()): Promise<string> {
    const saved = await this.courier.accept(item);
    if (!saved.ok) throw new Error(saved.error.code);
    await this.settle();
    return saved.value.itemId;
  }

  /** Puts an item in a state into the outbox as an earlier run would have left it. */
  async plant(record: Partial<DeliveryRecord>, change: Partial<NewItem> = {}): Promise<string> {
    const { outbox } = await this.open();
    const saved = await outbox.put(newItem(record, change));
    if (!saved.ok) throw new Error(saved.error.code);
    return saved.value.itemId;
  }

  /** A token of the fake Mark ID as of now. */
  token(change: Partial<ItemToken> = {}): ItemToken {
    return {
      authToken: 'token-planted',
      scanRef: 'scan-planted',
      sinceLivedMs: 0,
      ...change,
    };
  }

  item(itemId: string): QueuedItem | null {
    return this.courier.schedule.get(itemId);
  }

  /** The record as it is in the database; null when the item is gone. */
  record(itemId: string): DeliveryRecord | null {
    const opened = this.courier.outbox.open(itemId);
    return opened.ok ? opened.value.record : null;
  }

  /** The item's state as the queue has it; null when it is gone. */
  state(itemId: string): string | null {
    return this.item(itemId)?.state ?? null;
  }

  /** Lets everything run that can, without any time passing. */
  settle(): Promise<void> {
    return this.clock.advance(0);
  }
}

/** A bench whose first run has begun. */
export const startedBench = async (options: BenchOptions = {}): Promise<DeliveryBench> => {
  const bench = new DeliveryBench(options);
  await bench.start();
  return bench;
};
