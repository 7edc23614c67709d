import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  encodeHead,
  encodeRecord,
  HEAD_BYTES,
  parseHead,
  parseRecord,
  splitLines,
  type NewRecord,
} from '../../../../main/diagnostics/event-file.ts';
import { loadLogKey, type LogKey } from '../../../../main/diagnostics/log-key.ts';
import {
  verdictOf,
  verifyFile,
  type FindingKind,
  type Verdict,
} from '../../../../main/diagnostics/verify-file.ts';
import { verifyLog } from '../../../../main/diagnostics/verify-log.ts';
import { isKioskEvent } from '../../../../preload/contract/event-catalogue.ts';
import { Vault } from '../../../../main/settings/vault.ts';
import { seededRandom } from '../../../support/fake-clock.ts';
import { trustedKeyring } from '../../../support/kiosk.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';
import { FIRST, LogMachine, SECOND } from './log-machine.ts';

const makeKey = async (): Promise<LogKey> => {
  const disk = new MemoryDisk();
  const random = seededRandom(35);
  const vault = new Vault({ disk, random, keyVault: trustedKeyring, folder: '/data' });
  await vault.open();
  await vault.seal('credentials', new Uint8Array(1));
  const key = await loadLogKey(disk, vault, '/data');
  if (key === null) throw new Error('the vault is open');
  return key;
};

/** A file of the log as it stands on the disk: 40 events and the start's own. */
let file: Buffer;
/** Another kiosk's, of the same length. */
let foreign: Buffer;
let signed: Buffer;
let key: LogKey;
beforeAll(async () => {
  key = await makeKey();
  const machines = [new LogMachine(), new LogMachine(), new LogMachine()] as const;
  machines[1].clock.jumpWall(3_600_000);
  await machines[2].adopt(key);
  for (const machine of machines) await machine.write(40);
  [file, foreign, signed] = machines.map((machine) => machine.bytes()) as [Buffer, Buffer, Buffer];
});

const verdict = (bytes: Uint8Array, wanted: string | null = null): Verdict =>
  verdictOf(verifyFile(bytes, wanted).findings);
const kinds = (bytes: Uint8Array, wanted: string | null = null): FindingKind[] =>
  verifyFile(bytes, wanted).findings.map(({ kind }) => kind);

const linesOf = (bytes: Buffer): string[] => [...splitLines(bytes).lines];
const withLines = (lines: readonly string[], head = file.subarray(0, HEAD_BYTES)): Buffer =>
  Buffer.concat([head, Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1')]);

describe('SEC-35 one file', () => {
  it('is intact as it was written', () => {
    expect(verifyFile(file)).toMatchObject({ findings: [], recordCount: 41 });
    expect(verdict(withLines(linesOf(file)))).toBe('intact');
  });

  const at = fc.nat({ max: 40 });
  const bytesAt = fc.nat({ max: 100_000 });
  type Change = readonly [what: string, change: (bytes: Buffer) => Buffer];
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.tuple(bytesAt, fc.integer({ min: 1, max: 255 })).map(([where, mask]): Change => [
      'a byte changed',
      (bytes) => {
        const spoilt = Buffer.from(bytes);
        const index = where % bytes.byteLength;
        spoilt[index] = (spoilt[index] ?? 0) ^ mask;
        return spoilt;
      },
    ]),
    fc
      .tuple(at, fc.integer({ min: 1, max: 40 }))
      .map(([from, many]): Change => [
        'lines cut out',
        (bytes) => withLines(linesOf(bytes).toSpliced(from, many)),
      ]),
    fc
      .tuple(at, at)
      .filter(([one, two]) => one !== two)
      .map(([one, two]): Change => [
        'two lines changed places',
        (bytes) => {
          const lines = linesOf(bytes);
          [lines[one], lines[two]] = [lines[two] ?? '', lines[one] ?? ''];
          return withLines(lines);
        },
      ]),
    fc.tuple(at, at).map(([from, to]): Change => [
      'a line stands twice',
      (bytes) => {
        const lines = linesOf(bytes);
        return withLines(lines.toSpliced(to, 0, lines[from] ?? ''));
      },
    ]),
    fc
      .tuple(at, fc.oneof(fc.string(), fc.constant(''), fc.json()))
      .map(([to, text]): Change => [
        'a line of somebody else',
        (bytes) => withLines(linesOf(bytes).toSpliced(to, 0, text.replaceAll('\n', ''))),
      ]),
    fc.tuple(at, at).map(([from, to]): Change => [
      'a line of another log',
      (bytes) => {
        const line = linesOf(foreign)[from] ?? '';
        return withLines(linesOf(bytes).toSpliced(to, from === to ? 1 : 0, line));
      },
    ]),
    bytesAt.map((to): Change => ['cut off', (bytes) => bytes.subarray(0, to % bytes.byteLength)]),
    bytesAt.map((from): Change => [
      'begun later',
      (bytes) => bytes.subarray(1 + (from % bytes.byteLength)),
    ]),
    fc
      .uint8Array({ minLength: 1 })
      .map((added): Change => ['more at the end', (bytes) => Buffer.concat([bytes, added])]),
    fc.constant<Change>([
      'the head of another log',
      (bytes) => Buffer.concat([foreign.subarray(0, HEAD_BYTES), bytes.subarray(HEAD_BYTES)]),
    ]),
  );

  it('is never intact after any change: edit, cut, insertion, other order, other head', () => {
    fc.assert(
      fc.property(change, fc.option(change), ([, first], second) => {
        const once = first(file);
        if (once.equals(file)) return;
        expect(verdict(once)).not.toBe('intact');
        const twice = second?.[1](once) ?? once;
        if (!twice.equals(file)) expect(verdict(twice)).not.toBe('intact');
      }),
      { numRuns: 5_000, seed: 35 },
    );
  });

  it.each<[string, (lines: string[]) => string[], FindingKind]>([
    [
      'an edited record',
      (lines) => lines.map((line) => line.replace('"itemCount":7,', '"itemCount":8,')),
      'RECORD_CHANGED',
    ],
    ['records cut out of the middle', (lines) => lines.toSpliced(10, 3), 'RECORDS_MISSING'],
    ['records cut off at the start', (lines) => lines.slice(2), 'RECORDS_MISSING'],
    ['records cut off at the end', (lines) => lines.slice(0, -1), 'END_MISSING'],
    ['a record that stands twice', (lines) => [...lines, lines[4] ?? ''], 'RECORD_OUT_OF_ORDER'],
    ['a line that is no record', (lines) => lines.toSpliced(4, 0, '{}'), 'LINE_UNREADABLE'],
  ])('names %s', (_what, change, kind) => {
    expect(kinds(withLines(change(linesOf(file))))).toContain(kind);
  });

  it('names the line and the record of an edit, and no other', () => {
    const lines = linesOf(file).map((line) => line.replace('"itemCount":7,', '"itemCount":8,'));
    expect(verifyFile(withLines(lines)).findings).toEqual([
      { kind: 'RECORD_CHANGED', line: 10, sequence: 9, count: 1 },
    ]);
  });
});

/** Writes a whole file anew with hashes that are right, as whoever can compute them would. */
const forge = (bytes: Buffer, edit: (lines: string[]) => string[]): Buffer => {
  const head = parseHead(bytes);
  if (head === null) throw new Error('the file has a head');
  let previous = head.previous;
  let sequence = head.first - 1;
  const lines = edit(linesOf(bytes)).map((line) => {
    const record = parseRecord(line)?.record;
    if (record === undefined) throw new Error('the line is a record');
    const { sequence: _s, previous: _p, atMs, livedMs, ...event } = record;
    if (!isKioskEvent(event)) throw new Error('the record is an event');
    sequence += 1;
    const next: NewRecord = { sequence, previous, atMs, livedMs, event };
    const encoded = encodeRecord(next);
    previous = encoded.hash;
    return encoded.line.trimEnd();
  });
  const { signature, ...rest } = head;
  const forged = encodeHead({ ...rest, last: sequence, lastHash: previous }, signature);
  return withLines(lines, forged);
};

describe('SEC-35 a signature', () => {
  it('is there once the vault is open, and says by whom', () => {
    expect(verifyFile(signed, key.key)).toMatchObject({ findings: [], isSigned: true });
  });

  it('names a file that was written anew with hashes that are right', () => {
    const without = (lines: string[]): string[] => lines.toSpliced(5, 2);
    expect(verdict(forge(file, without))).toBe('intact');
    expect(kinds(forge(signed, without))).toEqual(['SIGNATURE_WRONG']);
  });

  it('names a file whose signature was taken away, or made by another key, to whoever asks for the right one', async () => {
    const head = parseHead(signed);
    if (head === null) throw new Error('the file has a head');
    const { signature: _signature, ...rest } = head;
    const body = signed.subarray(HEAD_BYTES);
    const bare = Buffer.concat([encodeHead({ ...rest, key: null }, null), body]);
    expect(kinds(bare, key.key)).toEqual(['SIGNATURE_MISSING']);
    const { publicKey } = generateKeyPairSync('ed25519');
    const other = publicKey.export({ format: 'jwk' }).x ?? '';
    const claimed = Buffer.concat([encodeHead({ ...rest, key: other }, 'A'.repeat(86)), body]);
    expect(kinds(claimed)).toEqual(['SIGNATURE_WRONG']);
    expect(kinds(signed, other)).toEqual(['SIGNATURE_WRONG']);
  });
});

describe('SEC-35 several files', () => {
  const several = async (): Promise<LogMachine> => {
    const machine = new LogMachine(2_000);
    for (let time = 0; time < 6; time += 1) await machine.write(8);
    return machine;
  };

  it('follow one from the other', async () => {
    const machine = await several();
    expect(machine.verify()).toMatchObject({ verdict: 'intact', findings: [], records: 49 });
    expect(machine.verify().files).toBeGreaterThan(2);
  });

  it.each([
    ['the first', FIRST],
    ['one between', SECOND],
  ])('names a missing file: %s', async (_which, path) => {
    const machine = await several();
    await machine.disk.remove(path);
    expect(machine.verify().findings.map(({ kind }) => kind)).toEqual(['FILE_MISSING']);
  });

  it('names a last file that is missing, and all of them', async () => {
    const machine = await several();
    const newest = machine.disk.names('/data/events').at(-1) ?? '';
    await machine.disk.remove(`/data/events/${newest}`);
    expect(machine.verify().findings.map(({ kind }) => kind)).toEqual(['FILE_MISSING']);
    expect(verifyLog([]).verdict).toBe('broken');
  });

  it('names files that changed places, and one of another kiosk', async () => {
    const [machine, other] = [await several(), await several()];
    const [first, second] = [machine.bytes(FIRST), machine.bytes(SECOND)];
    machine.disk.put(FIRST, second);
    machine.disk.put(SECOND, first);
    expect(machine.verify().verdict).toBe('broken');
    machine.disk.put(FIRST, first);
    other.clock.jumpWall(1);
    machine.disk.put(SECOND, foreign);
    expect(machine.verify().findings.map(({ kind }) => kind)).toContain('FILE_OUT_OF_ORDER');
  });
});
