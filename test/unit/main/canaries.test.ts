/**
 * Planted values through whole flows on a real disk: none of them in an event, on stdout, in a file
 * or in a file's name. Also while items wait, with the database open and its log beside it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventLog } from '../../../main/diagnostics/event-log.ts';
import { loadLogKey } from '../../../main/diagnostics/log-key.ts';
import { systemDisk } from '../../../main/ports/disk.ts';
import { openNodeSqlite } from '../../../main/ports/sqlite.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeKeyVault } from '../../support/fake-key-vault.ts';
import { emptyFiles, makeKiosk, type KioskUnderTest } from '../../support/kiosk.ts';
import { photograph, toSharp, withJpegSegment } from '../../support/pictures.ts';
import { answer, broken, fakeMarkId, type Reply } from './delivery/fake-markid.ts';

const MRZ = 'P<UTOCANARYLAST<<CANARYFIRST<MIDDLE<<<<<<<<<';
const CREDENTIALS = { apiKey: 'canary-key-1f6b', apiSecret: 'canary-secret-9d20' };
/** What a server may say to people; nobody may repeat it. */
const MESSAGE = 'No image for CANARYFIRST CANARYLAST born 1974-08-12, file /srv/canary/path-51';

const tokenAnswer = (name: string): Reply =>
  answer(200, {
    authToken: `canary-token-${name}`,
    scanRef: `canary-scan-${name}`,
    message: MESSAGE,
    digitString: '41137777',
  });

const PLANTED = [
  MRZ,
  'CANARYLAST',
  'CANARYFIRST',
  'L898902C36UTO7408122F1204159ZE184226B',
  '1974-08-12',
  'canary.person@example.org',
  'Canary Street 7',
  'canary camera comment',
  'canary-token-a',
  'canary-token-b',
  'canary-token-c',
  'canary-scan-a',
  'canary-scan-b',
  'canary-scan-c',
  CREDENTIALS.apiKey,
  CREDENTIALS.apiSecret,
  Buffer.from(`${CREDENTIALS.apiKey}:${CREDENTIALS.apiSecret}`).toString('base64'),
  MESSAGE,
  '/srv/canary/path-51',
  '41137777',
  'RESIDENCE_PERMIT',
  'canary-consent-3',
  'canary-customer-4711',
] as const;

/** The shapes a value could take on its way into a file. */
const formsOf = (planted: string): Buffer[] => {
  const bytes = Buffer.from(planted, 'utf8');
  const forms = [bytes, Buffer.from(planted, 'utf16le'), Buffer.from(bytes.toString('hex'))];
  // Base64 depends on where the value starts: compare its inner characters.
  for (let offset = 0; bytes.byteLength >= 12 && offset < 3; offset += 1)
    forms.push(
      Buffer.from(
        Buffer.concat([Buffer.alloc(offset), bytes])
          .toString('base64')
          .slice(4, -4),
      ),
    );
  return forms;
};

/** The marker of a comment. Source: ITU-T T.81, table B.1. */
const COMMENT = 0xfe;

/** A photograph whose comments tell everything about somebody. */
const tellingPicture = async (): Promise<Uint8Array> => {
  const jpeg = await toSharp(photograph({ widthPx: 1100, heightPx: 800 }, 26))
    .withExif({ IFD0: { ImageDescription: PLANTED.join(' '), Artist: MRZ } })
    .jpeg()
    .toBuffer();
  return withJpegSegment(jpeg, COMMENT, Buffer.from(PLANTED.join('\n')));
};

let root: string;
let lines: string[];
let clock: FakeClock;
let markId: ReturnType<typeof fakeMarkId>;
let made: KioskUnderTest;
let log: EventLog;
let adopted: Promise<void>;
let printed: string[];
/** The pictures as they will be sent: no stretch of them may be anywhere either. */
let sent: Buffer[];

const folder = (): string => join(root, 'data');
const valueOf = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

let telling: Uint8Array;
beforeAll(async () => {
  telling = await tellingPicture();
});
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'mark-id-canary-'));
  lines = [];
  printed = [];
  sent = [];
  clock = new FakeClock();
  markId = fakeMarkId(clock);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
  const policyPath = join(root, 'policy.json');
  const consent = { version: 'canary-consent-3', text: { en: 'I agree.' } };
  writeFileSync(policyPath, JSON.stringify({ mode: 'teller', consent }), { mode: 0o600 });
  log = new EventLog({
    disk: systemDisk,
    clock,
    folder: join(folder(), 'events'),
    echo: (line) => lines.push(line),
  });
  made = makeKiosk({}, new FakeKeyVault(), emptyFiles(), {
    clock,
    disk: systemDisk,
    openSqlite: openNodeSqlite,
    folder: folder(),
    transport: () => markId.transport,
    events: log.sink,
    onConfigured: () => {
      adopted = loadLogKey(systemDisk, made.kiosk.vault, folder()).then((key) =>
        log.adopt(key, 1e12),
      );
    },
    policySource: {
      platform: 'linux',
      env: { MARKID_KIOSK_POLICY: policyPath },
      userId: process.getuid?.() ?? null,
    },
  });
  vi.spyOn(made.kiosk.door, 'admit').mockReturnValue(ok(null));
  await made.kiosk.vault.open();
  valueOf(await made.kiosk.credentials.set(CREDENTIALS));
  await made.kiosk.start();
  await adopted;
});
afterEach(async () => {
  await made.kiosk.stop();
  await log.close();
  rmSync(root, { recursive: true, force: true });
});

const settled = async (): Promise<void> => {
  await vi.waitFor(async () => {
    await clock.advance(0);
    expect(['delivering', 'submitting']).not.toContain(made.kiosk.session.view().state);
  }, 10_000);
};

/** A customer with a residence permit, up to what became of it. */
const visit = async (token: Reply, process: Reply[] = []): Promise<string> => {
  const { handlers } = made;
  markId.next.token = [token];
  markId.next.process = process;
  valueOf(
    await handlers['session:start-session']({
      language: 'en',
      consentVersion: 'canary-consent-3',
      customerReference: 'canary-customer-4711',
    }),
  );
  const document = { country: 'LT', documentType: 'RESIDENCE_PERMIT' } as const;
  valueOf(await handlers['session:choose-document'](document));
  const bytes = Uint8Array.from(telling);
  const stored = valueOf(
    await handlers['capture:store-picture']({ step: 'FRONT', source: 'camera', bytes }),
  );
  const read = valueOf(await handlers['capture:read-picture']({ pictureId: stored.pictureId }));
  const jpeg = Buffer.from(read.bytes);
  sent.push(Buffer.from(jpeg));
  for (const step of ['BACK', 'FACE'] as const) {
    const size = { widthPx: 1100, heightPx: 1000, quality: 90, warnings: [] };
    valueOf(made.kiosk.session.store(step, 'camera', { jpeg: Buffer.from(jpeg), ...size }));
  }
  valueOf(await handlers['session:submit-session'](undefined));
  await settled();
  return made.kiosk.session.view().state;
};

const filesNow = (): { name: string; bytes: Buffer }[] =>
  readdirSync(folder(), { recursive: true, withFileTypes: true })
    // The policy's copy is the bank's own text, with the consent version that is planted here.
    .filter((entry) => entry.isFile() && entry.name !== 'policy-last-good.json')
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: path.slice(root.length), bytes: readFileSync(path) };
    });

/** All canaries: the planted ones, and what this run made that is as telling. */
const canaries = (): Buffer[] => {
  const drawn = markId.log.flatMap((entry) =>
    entry.call === 'token' ? [entry.externalRef, entry.clientId] : [],
  );
  const heads = sent.flatMap((jpeg) => [
    jpeg.subarray(0, 24),
    jpeg.subarray(jpeg.byteLength >> 1, (jpeg.byteLength >> 1) + 24),
    Buffer.from(jpeg.subarray(0, 24).toString('base64')),
  ]);
  return [...[...PLANTED, ...drawn, root].flatMap(formsOf), ...heads];
};

/** Where any canary is. */
const hits = (): string[] => {
  const places = [
    ...filesNow(),
    ...filesNow().map(({ name }) => ({ name: `name ${name}`, bytes: Buffer.from(name) })),
    { name: 'events', bytes: Buffer.from(lines.join('')) },
    { name: 'stdout', bytes: Buffer.from(printed.join('')) },
  ];
  return places.flatMap(({ name, bytes }) =>
    canaries()
      .filter((canary) => bytes.includes(canary))
      .map((canary) => `${name}: ${canary.toString('latin1').slice(0, 40)}`),
  );
};

describe('SEC-26 planted values', () => {
  it('are in no event, no output, no file and no file name, whatever becomes of their item', async () => {
    expect(await visit(tokenAnswer('a'))).toBe('delivered');
    expect(await visit(broken('NETWORK_UNREACHABLE'))).toBe('saved');
    expect(hits()).toEqual([]);
    await clock.advance(30_000);
    await vi.waitFor(async () => {
      await clock.advance(0);
      expect(made.kiosk.status().outbox).toMatchObject({ waiting: 0, sending: 0 });
    }, 10_000);
    const refusal = answer(400, { identifier: 'BAD_VALUE', message: MESSAGE });
    expect(await visit(tokenAnswer('b'), [refusal])).toBe('capturing');
    expect(await visit(tokenAnswer('c'), [broken('ANSWER_LOST')])).toBe('saved');
    expect(hits()).toEqual([]);

    const view = valueOf(await made.handlers['outbox:get-outbox'](undefined));
    expect(view.itemCount).toBeGreaterThanOrEqual(2);
    expect(view.delivered.map(({ scanRef }) => scanRef)).toContain('canary-scan-a');
    const named = [...view.items, ...view.delivered].map((each) => each.customerReference);
    expect(new Set(named)).toEqual(new Set(['canary-customer-4711']));
    for (const { itemId, actions } of view.items)
      if (actions.includes('discard'))
        valueOf(await made.handlers['outbox:discard-item']({ itemId, reason: 'TEST' }));
    await made.kiosk.stop();
    await log.flush();
    expect(hits()).toEqual([]);
    const logged = filesNow().find(({ name }) => name.endsWith('/events-000001.jsonl'));
    expect(logged?.bytes.toString('latin1').split('\n').length).toBeGreaterThan(10);
    expect(lines.length).toBeGreaterThan(10);
  });

  it('SEC-21 no picture is on the disk in the clear, and no name of a file says more than a random id', async () => {
    await visit(broken('NETWORK_UNREACHABLE'));
    const files = filesNow();
    expect(files.some(({ name }) => name.endsWith('.sealed'))).toBe(true);
    for (const { name, bytes } of files) {
      expect(bytes.includes(sent[0]?.subarray(0, 12) ?? '')).toBe(false);
      expect(name).toMatch(
        /^\/data\/([a-z-]+\.json|events\/events-\d{6}\.jsonl|outbox\/(index\.sqlite(-wal)?|keys\.json|items\/[0-9a-f-]{36}\.sealed))$/,
      );
    }
  });

  it('are found where they are: the search sees each of them', async () => {
    await visit(tokenAnswer('a'));
    for (const [at, canary] of canaries().entries()) {
      writeFileSync(join(folder(), 'planted'), Buffer.concat([Buffer.from(`${at} `), canary]));
      expect(hits().length).toBeGreaterThan(0);
    }
    expect(canaries().length).toBeGreaterThanOrEqual(25);
  });
});
