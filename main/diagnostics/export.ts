/**
 * A copy of the event log and a summary, for whoever helps from outside. Goes only into the folder
 * that the policy names (a mounted drive, or one the bank collects from): no dialog ever asks for a
 * path (SEC-17). Must never hold anything of a person: the log can't, and the summary is counts and
 * closed words.
 */
import { basename, join } from 'node:path';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type {
  ExportedDiagnostics,
  SelfCheckResult,
} from '../../preload/contract/diagnostics-channels.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { VaultState } from '../../preload/contract/vault-states.ts';
import type { Disk } from '../ports/disk.ts';
import { listLogFiles } from './log-folder.ts';
import type { LogReport } from './verify-log.ts';

export interface ExportParts {
  readonly disk: Disk;
  /** Absolute path the policy names; null where it names none. */
  readonly exportFolder: string | null;
  readonly logFolder: string;
  readonly status: AppStatus;
  readonly platform: NodeJS.Platform;
  readonly vault: VaultState;
  readonly selfTest: readonly SelfCheckResult[];
  readonly eventLog: LogReport;
  /** Wall clock, milliseconds since 1970. */
  readonly atMs: number;
}

/** Own decision: nobody exports a hundred times in one second. */
const MAX_SAME_NAMES = 99;

const STAMP = new Intl.DateTimeFormat('en', {
  timeZone: 'UTC',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const nameAt = (atMs: number): string => {
  const parts = new Map(STAMP.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const digits = (...types: Intl.DateTimeFormatPartTypes[]): string =>
    types.map((type) => parts.get(type) ?? '').join('');
  return `mark-id-kiosk-${digits('year', 'month', 'day')}-${digits('hour', 'minute', 'second')}`;
};

const freeName = async (disk: Disk, folder: string, name: string): Promise<string | null> => {
  for (let number = 1; number <= MAX_SAME_NAMES; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if ((await disk.facts(join(folder, candidate))) === null) return candidate;
  }
  return null;
};

/** Named field by field: what a status gains later is not exported unseen. */
const summaryOf = ({ status, vault, selfTest, eventLog, atMs, platform }: ExportParts): object => ({
  exportedAtMs: atMs,
  version: status.version,
  platform,
  environment: status.environment,
  mode: status.mode,
  service: status.service,
  warnings: status.warnings,
  tokenSource: status.tokenSource,
  outbox: status.outbox,
  vault,
  selfTest,
  eventLog,
});

/** EXPORT_UNAVAILABLE: no folder, or it is not there now. EXPORT_FAILED: the disk refused; nothing is left behind. */
export const exportDiagnostics = async (
  parts: ExportParts,
): Promise<Result<ExportedDiagnostics, 'EXPORT_UNAVAILABLE' | 'EXPORT_FAILED'>> => {
  const { disk, exportFolder } = parts;
  if (exportFolder === null) return fail('EXPORT_UNAVAILABLE');
  let target: string | null = null;
  try {
    // Never made by us: a drive that is not mounted would become a folder of the system disk.
    if ((await disk.facts(exportFolder)) === null) return fail('EXPORT_UNAVAILABLE');
    const folderName = await freeName(disk, exportFolder, nameAt(parts.atMs));
    if (folderName === null) return fail('EXPORT_FAILED');
    target = join(exportFolder, folderName);
    let sizeBytes = 0;
    const write = async (name: string, bytes: Uint8Array): Promise<void> => {
      await disk.replace(join(exportFolder, folderName, name), [bytes]);
      sizeBytes += bytes.byteLength;
    };
    await write('summary.json', Buffer.from(`${JSON.stringify(summaryOf(parts), null, 2)}\n`));
    const files = await listLogFiles(disk, parts.logFolder);
    for (const { path } of files)
      await write(basename(path), (await disk.read(path)) ?? new Uint8Array());
    return ok({ folderName, fileCount: files.length + 1, sizeBytes });
  } catch {
    if (target !== null) await disk.removeFolder(target).catch(() => undefined);
    return fail('EXPORT_FAILED');
  }
};
