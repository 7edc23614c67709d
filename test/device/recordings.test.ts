/** Sessions with real devices, replayed word for word: today's drivers still make the same of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EsclDriver } from '../../main/devices/escl/escl-driver.ts';
import { SaneDriver } from '../../main/devices/sane/sane-driver.ts';
import { MemoryDisk } from '../support/memory-disk.ts';
import { makeBench, type ScanBench } from '../unit/main/devices/scan-bench.ts';
import { outlineOf, playProcesses, playWire, type Transcript } from './transcripts.ts';

const FOLDER = join(import.meta.dirname, 'recordings');

const transcripts = readdirSync(FOLDER).map((file) => ({
  file,
  transcript: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Transcript,
}));

const benchFor = ({ runs, exchanges }: Transcript): ScanBench => {
  const disk = new MemoryDisk();
  return makeBench(
    ({ clock, scratch }) => [
      runs.length > 0
        ? new SaneDriver({
            run: playProcesses(runs, disk),
            clock,
            scratch,
            command: '/usr/bin/scanimage',
            env: {},
            hasEsclDriver: false,
          })
        : new EsclDriver({
            http: playWire(exchanges),
            clock,
            discover: null,
            addresses: ['http://10.0.0.7'],
            hasIppUsb: false,
          }),
    ],
    disk,
  );
};

describe('a recorded session', () => {
  it.each(transcripts)('ends today as it ended then: $file', async ({ transcript }) => {
    const bench = benchFor(transcript);
    const [id = ''] = await bench.search();
    const outcome = await bench.scan(id, transcript.job);
    expect(outlineOf(outcome)).toEqual(transcript.outcome);
    expect(bench.disk.names()).toEqual([]);
  });

  it('exists of both kinds, good ones and failures', () => {
    const seen = transcripts.map(
      ({ file, transcript }) => `${file.slice(0, 4)} ${transcript.outcome.code === null}`,
    );
    expect(new Set(seen)).toEqual(new Set(['sane true', 'sane false', 'escl true', 'escl false']));
  });

  it('asked a device nothing else than today’s driver would', async () => {
    const [{ transcript }] = transcripts.filter(({ file }) => file === 'sane-glass.json') as [
      (typeof transcripts)[number],
    ];
    const bench = benchFor(transcript);
    const [id = ''] = await bench.search();
    await expect(bench.scan(id, { ...transcript.job, dpi: 300 })).rejects.toThrow('not recorded');
  });
});
