/** The event log read back in pages, newest first. Shows what the catalogue describes and nothing else. */
import { isKioskEvent } from '../../preload/contract/event-catalogue.ts';
import type { EventPage, LoggedEvent } from '../../preload/contract/diagnostics-channels.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import type { Disk } from '../ports/disk.ts';
import { parseHead, parseRecord, splitLines } from './event-file.ts';
import { listLogFiles } from './log-folder.ts';

/** The event of a line; null for a line that is no record, or was written by another version of the kiosk. */
const eventOf = (line: string): LoggedEvent | null => {
  const parsed = parseRecord(line);
  if (parsed === null) return null;
  const { sequence, previous: _previous, atMs, livedMs: _livedMs, ...event } = parsed.record;
  return isKioskEvent(event) ? { sequence, atMs, event } : null;
};

/** Up to LIMITS.eventPageSize events before the given number, or the newest ones. Throws where the disk does not answer. */
export const readEventPage = async (
  disk: Disk,
  folder: string,
  before: number | null,
): Promise<EventPage> => {
  const found: LoggedEvent[] = [];
  for (const { path } of (await listLogFiles(disk, folder)).toReversed()) {
    const bytes = (await disk.read(path)) ?? new Uint8Array();
    if (before !== null && (parseHead(bytes)?.first ?? 0) >= before) continue;
    for (const line of splitLines(bytes).lines.toReversed()) {
      const event = eventOf(line);
      if (event === null || (before !== null && event.sequence >= before)) continue;
      if (found.length === LIMITS.eventPageSize) return { events: found, hasMore: true };
      found.push(event);
    }
  }
  return { events: found, hasMore: false };
};
