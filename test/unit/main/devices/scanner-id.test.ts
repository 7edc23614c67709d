import { describe, expect, it } from 'vitest';
import { identify } from '../../../../main/devices/scanner-id.ts';
import { SCAN_LIMITS } from '../../../../main/devices/scanner-driver.ts';
import { scannerId } from '../../../../preload/contract/scanner-words.ts';

const found = (model: string, serial: string | null = null, handle = 'usb:001:004') => ({
  identity: { vendor: 'Acme', model, serial },
  handle,
});

describe('a scanner’s id', () => {
  it('stays the same when the scanner comes back at another address', () => {
    const [before] = identify('sane', [found('A4', null, 'usb:001:004')]);
    const [after] = identify('sane', [found('A4', null, 'usb:002:017')]);
    expect(after?.device.id).toBe(before?.device.id);
    expect(after?.handle).toBe('usb:002:017');
    expect(scannerId.safeParse(before?.device.id).success).toBe(true);
  });

  it('tells apart models, serial numbers, kinds, and twins by their order', () => {
    const ids = [
      ...identify('sane', [found('A4'), found('A4'), found('B5'), found('A4', '17')]),
      ...identify('escl', [found('A4')]),
    ].map(({ device }) => device.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('holds nothing of how the scanner is reached', () => {
    const devices = identify('sane', [found('A4', 'SN1', 'net:10.0.0.7:fi')]);
    expect(JSON.stringify(devices.map(({ device }) => device))).not.toMatch(/10\.0|SN1|net/);
  });
});

describe('a scanner’s name', () => {
  it('is one short line without control characters, whatever the device says', () => {
    const nasty = 'Scan\u0000ner\n"; rm -rf / #\u202e$(reboot) ' + 'x'.repeat(500);
    const names = identify('sane', [found(nasty), found(nasty), found('\u0007')]).map(
      ({ device }) => device.name,
    );
    for (const name of names) {
      expect(name).not.toMatch(/\p{C}/u);
      expect(name.length).toBeLessThanOrEqual(SCAN_LIMITS.nameChars);
    }
    expect(names[0]).toContain('Scan ner "; rm -rf / #');
    expect(names[1]).toMatch(/ \(2\)$/);
  });

  it('names the maker once', () => {
    const [twice] = identify('escl', [found('Acme A4')]);
    const [once] = identify('escl', [found('A4')]);
    expect([twice?.device.name, once?.device.name]).toEqual(['Acme A4', 'Acme A4']);
  });

  it('is never empty, and a flood of scanners is cut', () => {
    const flood = Array.from({ length: 1000 }, () => ({
      identity: { vendor: '', model: '', serial: null },
      handle: '',
    }));
    const devices = identify('sane', flood);
    expect(devices).toHaveLength(SCAN_LIMITS.scanners);
    expect(devices[0]?.device.name).toBe('Scanner');
  });
});
