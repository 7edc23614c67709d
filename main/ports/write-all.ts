/** Writes a long file so that sealing, writing and flushing it go on side by side. */
import type { FileHandle } from 'node:fs/promises';

/** Bytes gathered for one write call: few calls, and the next ones are made while it is written. */
export const WRITE_BYTES = 1024 * 1024;

/** Bytes after which the disk begins to keep them, while the next ones are written. */
const FLUSH_BYTES = 2 * WRITE_BYTES;

const writeBatch = async (handle: FileHandle, batch: readonly Uint8Array[]): Promise<void> => {
  const { bytesWritten } = await handle.writev(batch);
  let rest = Buffer.alloc(0);
  if (bytesWritten < batch.reduce((sum, { byteLength }) => sum + byteLength, 0))
    rest = Buffer.concat(batch).subarray(bytesWritten);
  while (rest.byteLength > 0) rest = rest.subarray((await handle.write(rest)).bytesWritten);
};

/**
 * Writes chunks as they come; one batch is on its way to the disk while the next is made, and what
 * was written is flushed beside it. The last bytes are for the caller to sync.
 */
export const writeAll = async (handle: FileHandle, chunks: Iterable<Uint8Array>): Promise<void> => {
  let batch: Uint8Array[] = [];
  let batchBytes = 0;
  let unflushedBytes = 0;
  let underWay: Promise<void> = Promise.resolve();
  let flushing: Promise<void> = Promise.resolve();
  const flushed = async (): Promise<void> => {
    await Promise.all([flushing, underWay]);
    await handle.datasync();
  };
  const send = async (): Promise<void> => {
    await underWay;
    underWay = writeBatch(handle, batch);
    unflushedBytes += batchBytes;
    if (unflushedBytes >= FLUSH_BYTES) {
      flushing = flushed();
      unflushedBytes = 0;
    }
    // A failure is met by whoever waits for it next; until then it is nobody's.
    for (const waiting of [underWay, flushing]) waiting.catch(() => undefined);
    batch = [];
    batchBytes = 0;
  };
  for (const chunk of chunks) {
    batch.push(chunk);
    batchBytes += chunk.byteLength;
    if (batchBytes >= WRITE_BYTES) await send();
  }
  if (batch.length > 0) await send();
  await Promise.all([underWay, flushing]);
};
