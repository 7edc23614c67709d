/** What SANE's devices say of themselves, and what scanimage is told: every text is foreign. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseListing } from '../../../../main/devices/sane/scanimage-listing.ts';
import {
  jobArguments,
  MAX_OPTION_LINES,
  parseOptions,
} from '../../../../main/devices/sane/scanimage-options.ts';
import { askOutcome } from '../../../../main/devices/sane/scanimage-outcome.ts';
import { chooseJob } from '../../../../main/devices/choose.ts';
import type { ScanJob } from '../../../../main/devices/scanner-driver.ts';
import { FRONTEND_TESTER } from '../../../support/scripted-scanimage.ts';
import { GLASS, saneBench } from './scan-bench.ts';

const foreign = fc.string({ unit: 'binary', maxLength: 40 });

const NASTY = `'"; $(reboot) \`id\` | & > < * ? ~ # \\ -d other --batch=/etc/x`;

describe('SEC-31 what scanimage is told', () => {
  it('are arguments of the kiosk’s own making, whatever a device calls itself and its options', async () => {
    await fc.assert(
      fc.asyncProperty(foreign, foreign, foreign, async (name, source, mode) => {
        const bench = await saneBench(1);
        bench.scanimage.listing = `${name}\u001fV\u001fM\u001fT\u001e`;
        bench.scanimage.options = `    --source ${source}|Flatbed [Flatbed]\n    --mode ${mode}|Color [Color]\n`;
        const [id] = await bench.search();
        if (id !== undefined) await bench.service.capabilities(id);
        for (const { command, args, env } of bench.scanimage.requests) {
          expect(command).toBe('/usr/bin/scanimage');
          expect(env).toEqual({ LC_ALL: 'C' });
          for (const arg of args) expect(arg).toMatch(/^-/);
        }
      }),
      { numRuns: 50, seed: 5 },
    );
  });

  it('holds a device name with quotes, spaces and shell characters as one argument', async () => {
    const bench = await saneBench(1);
    bench.scanimage.listing = `${NASTY}\u001fV\u001fM\u001fT\u001e`;
    const [id = ''] = await bench.search();
    await bench.scan(id, GLASS);
    const { args } = bench.scanimage.requests.at(-1) ?? { args: [] };
    expect(args.filter((arg) => arg.includes('reboot'))).toEqual([`--device-name=${NASTY}`]);
    expect(args.filter((arg) => arg.startsWith('--batch='))).toHaveLength(1);
  });

  it('names numbers within what the device takes, for any wish', () => {
    const device = parseOptions(
      '    --resolution 1..1200dpi (in steps of 1) [50]\n    -l 0..200mm [0]\n    -x 0..200mm [80]\n',
    );
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        fc.double({ noNaN: true }),
        fc.integer(),
        (leftMm, widthMm, dpi) => {
          const job: ScanJob = {
            ...GLASS,
            dpi,
            area: { leftMm, topMm: 0, widthMm, heightMm: 1 },
          };
          const chosen = chooseJob(device.capabilities, job);
          if (!chosen.ok) throw new Error('the device takes any resolution');
          const [resolution = '', , left = '', , width = ''] = jobArguments(
            device,
            chosen.value,
            job.area,
          );
          expect(resolution).toMatch(/^--resolution=\d{2,3}$/);
          for (const text of [left, width]) {
            expect(text).toMatch(/^\d+\.\d{3}$/);
            expect(Number(text)).toBeLessThanOrEqual(200);
          }
        },
      ),
      { seed: 5 },
    );
  });
});

describe('a listing', () => {
  it('leaves out names that are none, webcams, and what the eSCL driver finds itself', () => {
    const record = (name: string): string => `${name}\u001fV\u001fM\u001fT\u001e`;
    const text = [
      FRONTEND_TESTER,
      record(''),
      record('two\nlines'),
      record('x'.repeat(600)),
      record('v4l:/dev/video0'),
      record('airscan:e0:Office'),
      'only a name\u001e',
      'V\u001fM\u001fT\u001fT\u001fone too many\u001e',
    ].join('');
    expect(parseListing(text, true).map(({ handle }) => handle)).toEqual(['test:0']);
    expect(parseListing(text, false).map(({ handle }) => handle)).toEqual([
      'test:0',
      'airscan:e0:Office',
    ]);
  });
});

describe('options', () => {
  it('are understood in the words of several backends', () => {
    const airscan = parseOptions(
      [
        '    --resolution 75|100|200|300|600dpi [300]',
        '    --mode Color|Gray [Color]',
        '    --source Flatbed|ADF|ADF Duplex [Flatbed]',
        '    -x 0..215.9mm [215.9]',
        '    -y 0..297.011mm [297.011]',
        '    --adf-justification-x <string> [inactive]',
      ].join('\n'),
    );
    expect(airscan.capabilities).toEqual({
      sources: ['platen', 'feeder', 'duplex'].map((source) => ({
        source,
        widthMm: 215.9,
        heightMm: 297.011,
      })),
      resolutionsDpi: [75, 100, 200, 300, 600],
      colours: ['colour', 'grey'],
    });
    const feeders = parseOptions('    --source ADF Front|ADF Back|ADF Duplex [ADF Front]');
    expect(feeders.sourceWords.get('feeder')).toBe('ADF Front');
  });

  it('of a device without any are one glass at 300 dpi', () => {
    expect(parseOptions('').capabilities).toEqual({
      sources: [{ source: 'platen', widthMm: null, heightMm: null }],
      resolutionsDpi: [300],
      colours: ['colour'],
    });
  });

  it('of ten thousand lines end by a code', async () => {
    const bench = await saneBench(1);
    bench.scanimage.options = '    --x 1..2 [1]\n'.repeat(10_000);
    expect(bench.scanimage.options.split('\n').length).toBeGreaterThan(MAX_OPTION_LINES);
    expect((await bench.scan(bench.id, GLASS)).code).toBe('SCANNER_NOT_UNDERSTOOD');
  });

  it('never throw, and never take long for what is no option', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        expect(parseOptions(text).capabilities.sources.length).toBeGreaterThan(0);
        parseOptions(`    --mode ${text} [x]`);
        parseListing(text, true);
      }),
      { seed: 5 },
    );
  });

  /** As much as scanimage may say: what takes the square of it would not end within the test's time. */
  const LONG = 512 * 1024;

  it.each(['[', ' [', ' [x]', '-', '|', '.', '1..', 'open of device ', ' failed: '])(
    'and endings full of “%s” are read in no time',
    (piece) => {
      const long = piece.repeat(LONG / piece.length);
      for (const line of [`    --mode ${long}`, `    --resolution ${long}]`, `    -${long}`])
        expect(parseOptions(line).capabilities.sources).toHaveLength(1);
      expect(parseListing(long, true)).toEqual([]);
      const end = {
        kind: 'ended',
        exitCode: 1,
        killedBy: null,
        endedBy: null,
        stdout: '',
      } as const;
      expect(askOutcome({ ...end, stderr: `open of device ${long}` })).not.toBeNull();
    },
  );
});
