import { generateKeyPairSync, sign, type KeyPairKeyObjectResult } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeHead, HEAD_BYTES, parseHead } from '../../../../main/diagnostics/event-file.ts';
import type { LogKey } from '../../../../main/diagnostics/log-key.ts';
import { diskError, failing } from '../../../support/memory-disk.ts';
import { FIRST, FOLDER, LogMachine, SECOND } from './log-machine.ts';

const DAY_MS = 86_400_000;
const names = (machine: LogMachine): unknown[] => machine.events().map(({ event }) => event);

describe('a start', () => {
  it('says what it found: nothing, then an intact log', async () => {
    const machine = new LogMachine();
    await machine.write(1);
    await machine.log.close();
    await machine.boot();
    await machine.write(1);
    expect(machine.events()).toMatchObject([
      { event: 'log.opened', found: 'NONE', sequence: 1 },
      { event: 'outbox.opened' },
      { event: 'log.opened', found: 'INTACT', tornBytes: 0, sequence: 3 },
      { event: 'outbox.opened' },
    ]);
    expect(machine.verify().verdict).toBe('intact');
  });

  it('SEC-35: after a kill names the torn line, takes it away and goes on with the chain', async () => {
    const machine = new LogMachine();
    await machine.write(3);
    const torn = Buffer.concat([machine.bytes(), Buffer.from('{"sequence":5,"previous":"x')]);
    machine.disk.put(FIRST, torn);
    expect(machine.verify()).toMatchObject({
      verdict: 'unproven',
      findings: [{ kind: 'LINE_TORN', count: 27 }],
    });
    await machine.boot();
    await machine.write(1);
    expect(machine.events()[4]).toMatchObject({ found: 'TORN', tornBytes: 27, sequence: 5 });
    expect(machine.verify().verdict).toBe('intact');
  });

  it('takes a torn line away also where it is longer than what is written next', async () => {
    const machine = new LogMachine();
    await machine.write(1);
    machine.disk.put(FIRST, Buffer.concat([machine.bytes(), Buffer.from('x'.repeat(4_000))]));
    await machine.boot();
    await machine.write(1);
    expect(machine.verify().verdict).toBe('intact');
  });

  it('writes the seal that failed last before it lets go of the file', async () => {
    const machine = new LogMachine();
    await machine.write(1);
    let writes = 0;
    machine.disk.fault = (operation) => {
      if (operation !== 'edit') return;
      writes += 1;
      if (writes === 2) throw diskError('EIO');
    };
    await machine.write(1);
    expect(machine.verify().verdict).toBe('unproven');
    await machine.log.close();
    expect(machine.verify().verdict).toBe('intact');
  });

  it('SEC-35: after a kill between records and their seal keeps the records and says how many', async () => {
    const machine = new LogMachine();
    await machine.write(3);
    const head = machine.bytes().subarray(0, HEAD_BYTES);
    await machine.write(2);
    machine.disk.put(FIRST, Buffer.concat([head, machine.bytes().subarray(HEAD_BYTES)]));
    expect(machine.verify()).toMatchObject({
      verdict: 'unproven',
      findings: [{ kind: 'RECORDS_UNSEALED', count: 2 }],
    });
    await machine.boot();
    await machine.write(1);
    expect(machine.events()[6]).toMatchObject({ found: 'TORN', unsealedRecords: 2, sequence: 7 });
    expect(machine.verify().verdict).toBe('intact');
  });

  it('survives a kill at every byte of the last batch', async () => {
    const machine = new LogMachine();
    await machine.write(2);
    const before = machine.bytes();
    await machine.write(2);
    const after = machine.bytes();
    for (let size = before.byteLength; size <= after.byteLength; size += 1) {
      const body = after.subarray(HEAD_BYTES, size);
      machine.disk.put(FIRST, Buffer.concat([before.subarray(0, HEAD_BYTES), body]));
      await machine.boot();
      await machine.write(1);
      expect(machine.verify()).toMatchObject({ verdict: 'intact', files: 1 });
    }
  });

  it('SEC-35: never writes to a log that was tampered with: it stays as it is, named, and another file goes on', async () => {
    const machine = new LogMachine();
    await machine.write(5);
    const cut = machine.bytes().toString('latin1').split('\n').toSpliced(2, 1).join('\n');
    machine.disk.put(FIRST, Buffer.from(cut, 'latin1'));
    await machine.boot();
    await machine.write(1);
    expect(machine.bytes().toString('latin1')).toBe(cut);
    expect(machine.events().at(-2)).toMatchObject({ event: 'log.opened', found: 'BROKEN' });
    expect(machine.verify().verdict).toBe('broken');
    expect(machine.disk.names(FOLDER)).toHaveLength(2);
  });

  it('SEC-35: names an end that was cut off, though every record that is left is good', async () => {
    const machine = new LogMachine();
    await machine.write(5);
    const cut = machine.bytes().toString('latin1').split('\n').slice(0, -3).join('\n');
    machine.disk.put(FIRST, Buffer.from(`${cut}\n`, 'latin1'));
    await machine.boot();
    await machine.write(1);
    expect(machine.events().at(-2)).toMatchObject({ found: 'BROKEN', sequence: 7 });
  });

  it('begins the next file where one was closed and the next is not there or has no head', async () => {
    for (const rest of [null, '', 'half a head']) {
      const machine = new LogMachine(1_000);
      for (let time = 0; time < 3; time += 1) await machine.write(4);
      expect(machine.disk.names(FOLDER).length).toBeGreaterThan(1);
      const newest = `${FOLDER}/${machine.disk.names(FOLDER).at(-1)}`;
      if (rest === null) await machine.disk.remove(newest);
      else machine.disk.put(newest, rest);
      await machine.boot();
      await machine.write(1);
      expect(machine.events().at(-2)).toMatchObject({ found: 'NEXT_MISSING' });
      expect(machine.verify().verdict).toBe('intact');
    }
  });
});

describe('a key', () => {
  it('signs the file as soon as it is there, with what was written before', async () => {
    const machine = new LogMachine();
    await machine.write(2);
    expect(machine.verify().key).toBeNull();
    const key = { key: 'K'.repeat(43), sign: () => 'S'.repeat(86) };
    await machine.adopt(key);
    expect(parseHead(machine.bytes())).toMatchObject({ key: key.key, last: 3 });
  });
});

describe('a log that this kiosk had not signed', () => {
  const keyOf = (letter: string): LogKey => {
    pairs[letter] ??= generateKeyPairSync('ed25519');
    const { privateKey, publicKey } = pairs[letter];
    return {
      key: publicKey.export({ format: 'jwk' }).x ?? '',
      sign: (text) => sign(null, Buffer.from(text, 'latin1'), privateKey).toString('base64url'),
    };
  };
  const pairs: Record<string, KeyPairKeyObjectResult> = {};
  const signers = (machine: LogMachine): unknown[] =>
    machine.events().flatMap(({ event, was }) => (event === 'log.signer-changed' ? [was] : []));

  it('SEC-35: is named when its signing goes on, once, and never for the kiosk’s own', async () => {
    const machine = new LogMachine();
    await machine.write(1);
    await machine.adopt(keyOf('a'));
    await machine.boot();
    await machine.adopt(keyOf('a'));
    expect(signers(machine)).toEqual([]);

    const head = parseHead(machine.bytes());
    if (head === null) throw new Error('the file has a head');
    const { signature: _signature, ...rest } = head;
    const bare = encodeHead({ ...rest, key: null }, null);
    machine.disk.put(FIRST, Buffer.concat([bare, machine.bytes().subarray(HEAD_BYTES)]));
    await machine.boot();
    await machine.adopt(keyOf('a'));
    await machine.adopt(keyOf('a'));
    expect(signers(machine)).toEqual(['NOBODY']);

    await machine.boot();
    await machine.adopt(keyOf('b'));
    expect(signers(machine)).toEqual(['NOBODY', 'ANOTHER']);
    expect(machine.verify().verdict).toBe('intact');
  });
});

describe('a disk that refuses', () => {
  it('loses nothing that fits in memory, in its order', async () => {
    const machine = new LogMachine();
    machine.disk.fault = failing('ENOSPC', 'edit');
    await machine.write(20);
    expect(machine.disk.names(FOLDER)).toEqual([]);
    machine.disk.fault = () => undefined;
    await machine.write(1);
    expect(machine.events().map(({ itemCount }) => itemCount)).toEqual([
      undefined,
      ...Array.from({ length: 20 }, (_, number) => number),
      0,
    ]);
  });

  it('drops and counts what does not fit, and never throws at whoever tells it something', async () => {
    const machine = new LogMachine();
    await machine.write(1);
    machine.disk.fault = failing('ENOSPC', 'edit');
    await machine.write(1_200);
    machine.disk.fault = () => undefined;
    await machine.write(1);
    expect(machine.events().at(-1)).toMatchObject({ event: 'log.events-lost' });
    const lost = Number(machine.events().at(-1)?.['count']);
    const kept = names(machine).filter((name) => name === 'outbox.opened').length;
    expect(kept + lost).toBe(1_202);
    expect(machine.verify().verdict).toBe('intact');
  });

  it('loses and doubles nothing whichever write fails, also when half of it reached the disk', async () => {
    for (let failAt = 1; failAt <= 12; failAt += 1) {
      const machine = new LogMachine();
      let count = 0;
      machine.disk.fault = (operation, path) => {
        count += operation === 'edit' ? 1 : 0;
        if (operation !== 'edit' || count !== failAt) return;
        // Some of it got there; a head is shorter than a sector and does not come in parts.
        if (machine.disk.text(FIRST)?.startsWith('{"log"') === true)
          machine.disk.put(
            path,
            Buffer.concat([machine.bytes(), Buffer.from('{"half":\n'.repeat(200))]),
          );
        throw diskError('ENOSPC');
      };
      for (let time = 0; time < 7; time += 1) await machine.write(2);
      expect(count).toBeGreaterThan(failAt);
      expect(machine.verify()).toMatchObject({ verdict: 'intact' });
      expect(names(machine).filter((name) => name === 'outbox.opened')).toHaveLength(14);
    }
  });
});

describe('rotation', () => {
  it('closes a file by bytes and goes on in the next one', async () => {
    const machine = new LogMachine(2_000);
    for (let time = 0; time < 10; time += 1) await machine.write(4);
    expect(machine.disk.names(FOLDER).length).toBeGreaterThan(2);
    for (const name of machine.disk.names(FOLDER))
      expect(machine.bytes(`${FOLDER}/${name}`).byteLength).toBeLessThan(5_000);
    expect(machine.verify().verdict).toBe('intact');
  });

  it('keeps at most 32 files, also in a run of many months, and says which it removed', async () => {
    const machine = new LogMachine(2_000);
    await machine.adopt(null);
    for (let time = 0; time < 120; time += 1) await machine.write(8);
    expect(machine.disk.names(FOLDER).length).toBeLessThanOrEqual(33);
    expect(names(machine)).toContain('log.file-removed');
    expect(machine.verify()).toMatchObject({ verdict: 'intact', findings: [] });
  });

  it('removes what is too old, at the next start', async () => {
    const machine = new LogMachine(600);
    for (let time = 0; time < 4; time += 1) await machine.write(4);
    const { length } = machine.disk.names(FOLDER);
    await machine.clock.advance(31 * DAY_MS);
    await machine.write(1);
    await machine.adopt(null, 30);
    expect(machine.disk.names(FOLDER)).not.toContain('events-000001.jsonl');
    expect(machine.disk.names(FOLDER).length).toBeLessThan(length);
    expect(machine.verify().verdict).toBe('intact');
  });

  it('SEC-29: removes nothing because the clock was set, and notes that it was', async () => {
    const machine = new LogMachine(600);
    for (let time = 0; time < 4; time += 1) await machine.write(4);
    machine.clock.jumpWall(20 * 365 * DAY_MS);
    await machine.write(1);
    await machine.adopt(null, 30);
    await machine.boot();
    machine.clock.jumpWall(-40 * 365 * DAY_MS);
    await machine.write(1);
    await machine.adopt(null, 30);
    expect(machine.disk.text(SECOND)).not.toBeNull();
    expect(machine.disk.text(FIRST)).not.toBeNull();
    expect(names(machine).filter((name) => name === 'log.clock-stepped')).toHaveLength(2);
    expect(machine.verify().verdict).toBe('intact');
  });
});
