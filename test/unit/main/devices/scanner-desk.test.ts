/** Which scanners a policy allows, and what a desk does between two starts of the kiosk. */
import { describe, expect, it } from 'vitest';
import { allowedKinds } from '../../../../main/devices/open-scanners.ts';
import { parsePolicy, type Policy } from '../../../../main/settings/policy.ts';
import { emptyDesk } from '../../../support/empty-desk.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';
import { makeKiosk } from '../../../support/kiosk.ts';

const policyOf = (value: object): Policy => {
  const parsed = parsePolicy(value);
  if (!parsed.ok) throw new Error('the test needs a policy');
  return parsed.value;
};

describe('the scanners of a policy', () => {
  it('are none at a self-service kiosk, and those without set-up at a desk', () => {
    expect(allowedKinds(policyOf({}), 'linux')).toEqual([]);
    expect(allowedKinds(policyOf({ mode: 'teller' }), 'linux')).toEqual(['escl', 'sane']);
    expect(allowedKinds(policyOf({ mode: 'front-desk' }), 'win32')).toEqual(['escl']);
  });

  it('are those it names, wherever it stands', () => {
    const scanner = { drivers: ['sane'] };
    expect(allowedKinds(policyOf({ scanner }), 'linux')).toEqual(['sane']);
    expect(allowedKinds(policyOf({ mode: 'teller', scanner: { drivers: [] } }), 'linux')).toEqual(
      [],
    );
  });

  it.each([
    { drivers: ['wia'] },
    { drivers: ['sane', 'sane'] },
    { drivers: ['folder'] },
    { drivers: ['naps2'] },
    { dropFolder: 'relative' },
    { naps2: { console: 'NAPS2.Console.exe' } },
    { naps2: { console: 'C:\\NAPS2.Console.exe', driver: 'other' } },
    { escl: { addresses: [{ origin: 'ftp://10.0.0.7' }] } },
    { escl: { addresses: [{ origin: 'http://10.0.0.7/eSCL' }] } },
    { escl: { addresses: [{ origin: 'https://10.0.0.7', certificateSha256: 'AA' }] } },
    { command: '/bin/sh' },
  ])('can’t be %o', (scanner) => {
    expect(parsePolicy({ scanner })).toMatchObject({ ok: false });
  });
});

describe('a desk', () => {
  it('has no service before a policy allows one, and none after it was closed', async () => {
    const desk = emptyDesk(new MemoryDisk());
    await desk.open(policyOf({}));
    expect(desk.service).toBeNull();
    await desk.open(policyOf({ mode: 'teller' }));
    expect(desk.service?.scanners().scanners).toEqual([]);
    await desk.close();
    expect(desk.service).toBeNull();
  });

  it('destroys at its start what a crash left of a scan', async () => {
    const disk = new MemoryDisk();
    disk.put('/data/scratch/of-a-crash/p001.png', 'a page');
    const desk = emptyDesk(disk);
    await desk.open(policyOf({ mode: 'teller' }));
    expect(disk.names()).toEqual([]);
    await desk.close();
  });

  it('opens with the kiosk and closes with it', async () => {
    const { kiosk, disk } = makeKiosk({ mode: 'teller', training: 'never' });
    disk.put('/data/scratch/of-a-crash/p001.png', 'a page');
    await kiosk.start();
    expect(disk.names()).not.toContain('p001.png');
    await kiosk.stop();
  });
});
