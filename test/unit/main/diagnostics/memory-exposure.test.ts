import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coreDumpExposure, swapExposure } from '../../../../main/diagnostics/memory-exposure.ts';
import { systemDisk } from '../../../../main/ports/disk.ts';
import { diskError, MemoryDisk } from '../../../support/memory-disk.ts';

const HEAD = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n';
const swapOf = (...names: string[]): MemoryDisk => {
  const disk = new MemoryDisk();
  const lines = names.map((name) => `${name}   partition\t8388604\t\t0\t\t-2\n`);
  disk.put('/proc/swaps', HEAD + lines.join(''));
  return disk;
};

describe('SEC-23 swap', () => {
  it('is no danger where there is none, or only compressed memory', async () => {
    expect(await swapExposure(swapOf())).toBe('none');
    expect(await swapExposure(swapOf('/dev/zram0'))).toBe('none');
  });

  it('is no danger on dm-crypt, and one on any other device, file or volume', async () => {
    const encrypted = swapOf('/dev/dm-1');
    encrypted.put('/sys/block/dm-1/dm/uuid', 'CRYPT-PLAIN-cryptswap1\n');
    expect(await swapExposure(encrypted)).toBe('none');
    const volume = swapOf('/dev/dm-1');
    volume.put('/sys/block/dm-1/dm/uuid', 'LVM-hNcy\n');
    expect(await swapExposure(volume)).toBe('exposed');
    expect(await swapExposure(swapOf('/dev/dm-2'))).toBe('exposed');
    expect(await swapExposure(swapOf('/dev/sda3'))).toBe('exposed');
    expect(await swapExposure(swapOf('/swapfile'))).toBe('exposed');
    expect(await swapExposure(swapOf('/dev/zram0', '/dev/nvme0n1p2'))).toBe('exposed');
  });

  it('is unknown where the system does not say', async () => {
    expect(await swapExposure(new MemoryDisk())).toBe('unknown');
    const refusing = swapOf();
    refusing.fault = () => {
      throw diskError('EACCES');
    };
    expect(await swapExposure(refusing)).toBe('unknown');
  });
});

describe('SEC-23 core dumps', () => {
  const limitOf = (soft: string): MemoryDisk => {
    const disk = new MemoryDisk();
    disk.put(
      '/proc/self/limits',
      `Max data size             unlimited            unlimited            bytes\nMax core file size        ${soft}                    unlimited            bytes\n`,
    );
    return disk;
  };

  it('are a danger as soon as the limit allows one', async () => {
    expect(await coreDumpExposure(limitOf('0'))).toBe('none');
    expect(await coreDumpExposure(limitOf('unlimited'))).toBe('exposed');
    expect(await coreDumpExposure(limitOf('4096'))).toBe('exposed');
    expect(await coreDumpExposure(new MemoryDisk())).toBe('unknown');
  });

  it('are none where they hold no memory, whatever the limit', async () => {
    const disk = limitOf('unlimited');
    disk.put('/proc/self/coredump_filter', '00000000\n');
    expect(await coreDumpExposure(disk)).toBe('none');
    disk.put('/proc/self/coredump_filter', '00000010\n');
    expect(await coreDumpExposure(disk)).toBe('exposed');
  });

  it.runIf(process.platform === 'linux')('are read from this very process', async () => {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const isEmpty = /^0+$/.test(readFileSync('/proc/self/coredump_filter', 'utf8').trim());
    const expected = isEmpty || /^Max core file size +0 /m.test(limits) ? 'none' : 'exposed';
    expect(await coreDumpExposure(systemDisk)).toBe(expected);
  });
});
