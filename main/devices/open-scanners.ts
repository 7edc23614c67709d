/** Makes the drivers a policy allows, each with the ports it needs and no others. */
import { join } from 'node:path';
import type { ScannerKind } from '../../preload/contract/scanner-words.ts';
import type { EventSink } from '../diagnostics/events.ts';
import type { RunProcess } from '../ports/child-process.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceHttp, TrustsCertificate } from '../ports/device-http.ts';
import type { Disk } from '../ports/disk.ts';
import type { Random } from '../ports/random.ts';
import type { DiscoverScanners } from '../ports/service-discovery.ts';
import type { Policy } from '../settings/policy.ts';
import { EsclDriver } from './escl/escl-driver.ts';
import { createPinBook } from './escl/pin-book.ts';
import { FolderDriver } from './folder/folder-driver.ts';
import { Naps2Driver } from './naps2/naps2-driver.ts';
import { SaneDriver } from './sane/sane-driver.ts';
import type { ScannerDriver } from './scanner-driver.ts';
import { ScannerService } from './scanner-service.ts';
import { Scratch } from './scratch.ts';

export interface ScannerPorts {
  readonly run: RunProcess;
  readonly deviceHttp: (trusts: TrustsCertificate) => DeviceHttp;
  readonly discover: DiscoverScanners;
  /** A folder in memory that is only ours; null where the system has none. */
  readonly memoryFolder: (name: string) => Promise<string | null>;
  /** The few variables a scanner's program may see. */
  readonly env: Readonly<Record<string, string>>;
}

export interface OpenScanners extends ScannerPorts {
  readonly policy: Policy['scanner'];
  /** At least one. */
  readonly kinds: readonly ScannerKind[];
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  /** Absolute path of the folder that holds everything the kiosk keeps. */
  readonly folder: string;
  /** Names the folder pages pass through: two programs at once have two. */
  readonly scratchName: string;
  readonly onChange: () => void;
}

/** Debian's sane-utils puts it there. Fixed: no search path leads to another program of that name. */
const SCANIMAGE = '/usr/bin/scanimage';

/** Which kinds a policy allows: what it names, else what a teller's or front desk has by itself. */
export const allowedKinds = (
  { scanner, mode }: Pick<Policy, 'scanner' | 'mode'>,
  platform: NodeJS.Platform,
): readonly ScannerKind[] => {
  if (scanner.drivers !== null) return scanner.drivers;
  if (mode === 'self-service') return [];
  return platform === 'linux' ? ['escl', 'sane'] : ['escl'];
};

/** A service with a driver for each kind the policy allows and has set up. Not started yet. */
export const openScanners = async (parts: OpenScanners): Promise<ScannerService> => {
  const { policy, disk, clock, random, events, onChange } = parts;
  const inMemory = await parts.memoryFolder(parts.scratchName);
  const folder = inMemory ?? join(parts.folder, parts.scratchName);
  const scratch = new Scratch({ disk, random, folder });
  const makers: Readonly<Record<ScannerKind, () => ScannerDriver | null>> = {
    sane: () =>
      new SaneDriver({
        run: parts.run,
        clock,
        scratch,
        command: SCANIMAGE,
        env: parts.env,
        hasEsclDriver: parts.kinds.includes('escl'),
      }),
    escl: () =>
      new EsclDriver({
        http: parts.deviceHttp(createPinBook(policy.escl.addresses)),
        clock,
        discover: policy.escl.discovery ? parts.discover : null,
        addresses: policy.escl.addresses.map(({ origin }) => origin),
        hasIppUsb: policy.escl.discovery,
      }),
    folder: () =>
      policy.dropFolder === null
        ? null
        : new FolderDriver({ disk, clock, folder: policy.dropFolder }),
    naps2: () =>
      policy.naps2 === null
        ? null
        : new Naps2Driver({
            run: parts.run,
            scratch,
            command: policy.naps2.console,
            driver: policy.naps2.driver,
            env: parts.env,
          }),
  };
  const drivers = parts.kinds.flatMap((kind) => makers[kind]() ?? []);
  return new ScannerService({ drivers, scratch, clock, events, onChange });
};
