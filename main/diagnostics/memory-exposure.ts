/**
 * Whether what is in memory, pictures and keys among it, can reach a disk in the clear: by swap that
 * is not encrypted, or by a core dump. Only Linux says so in files; elsewhere nothing is claimed.
 * The kiosk itself starts no crash reporter, so that no dump is made or sent by Chromium.
 */
// SECURITY: SEC-23
import { basename } from 'node:path';
import type { Disk } from '../ports/disk.ts';

/** `unknown`: the system does not say. */
export type Exposure = 'none' | 'exposed' | 'unknown';

const readText = async (disk: Disk, path: string): Promise<string | null> => {
  try {
    const bytes = await disk.read(path);
    return bytes === null ? null : Buffer.from(bytes).toString('utf8');
  } catch {
    return null;
  }
};

/** Compressed memory, which reaches no disk. */
const IN_MEMORY = /^\/dev\/zram\d+$/;
const DEVICE_MAPPER = /^\/dev\/dm-\d+$/;

/** How dm-crypt names its devices. Source: cryptsetup, DM_UUID_PREFIX. */
const ENCRYPTED = /^CRYPT-/;

const isSwapSafe = async (disk: Disk, device: string): Promise<boolean> => {
  if (IN_MEMORY.test(device)) return true;
  if (!DEVICE_MAPPER.test(device)) return false;
  const uuid = await readText(disk, `/sys/block/${basename(device)}/dm/uuid`);
  return uuid !== null && ENCRYPTED.test(uuid);
};

/** Swap in use. A swap file counts as exposed: what its file system does is not said anywhere. */
export const swapExposure = async (disk: Disk): Promise<Exposure> => {
  const text = await readText(disk, '/proc/swaps');
  if (text === null) return 'unknown';
  const devices = text
    .split('\n')
    .slice(1)
    .flatMap((line) => line.split(/\s+/)[0] || []);
  for (const device of devices) if (!(await isSwapSafe(disk, device))) return 'exposed';
  return 'none';
};

/** Core dumps of this process. Exposed as soon as the limit lets one be made that holds any memory. */
export const coreDumpExposure = async (disk: Disk): Promise<Exposure> => {
  const filter = await readText(disk, '/proc/self/coredump_filter');
  if (filter !== null && /^0+$/.test(filter.trim())) return 'none';
  const text = await readText(disk, '/proc/self/limits');
  const [, soft] = /^Max core file size +(\S+)/m.exec(text ?? '') ?? [];
  if (soft === undefined) return 'unknown';
  return soft === '0' ? 'none' : 'exposed';
};
