/**
 * The Disk port in memory, with faults on request. Remembers every byte that was ever written, so
 * that a test can look for what must not be there.
 */
import { basename, dirname } from 'node:path';
import type { Disk, EditableFile, FileFacts, OpenFile } from '../../main/ports/disk.ts';

export type DiskOperation = keyof Disk;

interface StoredFile {
  readonly content: Uint8Array;
  readonly ownerId: number | null;
  readonly modeBits: number | null;
  readonly isRegularFile: boolean;
}

export class MemoryDisk implements Disk {
  /** Throws where it wants an operation to fail. Called before anything changes. */
  fault: (operation: DiskOperation, path: string) => void = () => undefined;
  /** All contents ever handed to `replace`, whether the file still exists or not. */
  readonly written: Uint8Array[] = [];
  /** Bytes still free, whatever is written. */
  free = 100_000_000_000;
  readonly #files = new Map<string, StoredFile>();
  readonly #ownerId: number | null;

  /** `ownerId` is the user that files made by `replace` belong to; null is a system without owners. */
  constructor(ownerId: number | null = 1000) {
    this.#ownerId = ownerId;
  }

  /** Puts a file there as somebody else would. */
  put(path: string, content: Uint8Array | string, facts: Partial<FileFacts> = {}): void {
    this.#files.set(path, {
      content: Buffer.from(content),
      ownerId: facts.ownerId ?? this.#ownerId,
      modeBits: facts.modeBits ?? (this.#ownerId === null ? null : 0o600),
      isRegularFile: facts.isRegularFile ?? true,
    });
  }

  /** Content of a file as text, null when there is none. */
  text(path: string): string | null {
    const file = this.#files.get(path);
    return file === undefined ? null : Buffer.from(file.content).toString('utf8');
  }

  /** Names, without folders, of the files that exist now; of all, or of one folder. */
  names(folder: string | null = null): string[] {
    return [...this.#files.keys()]
      .filter((path) => folder === null || dirname(path) === folder)
      .map((path) => basename(path))
      .toSorted();
  }

  /** Content of a file that must be there. */
  bytes(path: string): Buffer {
    const file = this.#files.get(path);
    if (file === undefined) throw diskError('ENOENT');
    return Buffer.from(file.content);
  }

  /** True when the text, or its hex or (for twelve characters and more) base64 form, was ever written. */
  everHeld(secret: string): boolean {
    const bytes = Buffer.from(secret, 'utf8');
    const forms = [secret, bytes.toString('hex')];
    // Base64 depends on where the secret starts in the encoded bytes: compare its inner characters.
    for (let offset = 0; bytes.byteLength >= 12 && offset < 3; offset += 1) {
      forms.push(
        Buffer.concat([Buffer.alloc(offset), bytes])
          .toString('base64')
          .slice(4, -4),
      );
    }
    return this.written.some((content) => {
      const text = Buffer.from(content).toString('utf8');
      return forms.some((form) => text.includes(form));
    });
  }

  async facts(path: string): Promise<FileFacts | null> {
    this.fault('facts', path);
    const file = this.#files.get(path);
    if (file === undefined) {
      const isFolder = [...this.#files.keys()].some((other) => other.startsWith(`${path}/`));
      return isFolder
        ? { sizeBytes: 0, ownerId: this.#ownerId, modeBits: null, isRegularFile: false }
        : null;
    }
    const { content, ...facts } = file;
    return { sizeBytes: content.byteLength, ...facts };
  }

  async read(path: string): Promise<Uint8Array | null> {
    this.fault('read', path);
    const file = this.#files.get(path);
    return file === undefined ? null : Uint8Array.from(file.content);
  }

  async open(path: string): Promise<OpenFile | null> {
    this.fault('open', path);
    const content = this.#files.get(path)?.content;
    if (content === undefined) return null;
    return {
      sizeBytes: content.byteLength,
      read: async (target, position) => {
        const part = content.subarray(position, position + target.byteLength);
        target.set(part);
        return part.byteLength === target.byteLength;
      },
      close: async () => undefined,
    };
  }

  async edit(path: string): Promise<EditableFile> {
    this.fault('edit', path);
    if (!this.#files.has(path)) this.put(path, '');
    const content = (): Buffer => Buffer.from(this.#files.get(path)?.content ?? []);
    return {
      read: async () => content(),
      write: async (bytes, position) => {
        this.written.push(Uint8Array.from(bytes));
        this.fault('edit', path);
        const size = Math.max(content().byteLength, position + bytes.byteLength);
        const next = Buffer.concat([content(), Buffer.alloc(size)]).subarray(0, size);
        next.set(bytes, position);
        this.put(path, next);
      },
      truncate: async (sizeBytes) => {
        this.put(path, content().subarray(0, sizeBytes));
      },
      close: async () => undefined,
    };
  }

  async replace(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
    const content = Buffer.concat([...chunks]);
    this.written.push(content);
    this.fault('replace', path);
    this.put(path, content);
  }

  async rename(from: string, to: string): Promise<void> {
    this.fault('rename', from);
    const file = this.#files.get(from);
    if (file === undefined) throw diskError('ENOENT');
    this.#files.delete(from);
    this.#files.set(to, file);
  }

  async remove(path: string): Promise<void> {
    this.fault('remove', path);
    this.#files.delete(path);
  }

  async shred(path: string): Promise<void> {
    this.fault('shred', path);
    this.#files.delete(path);
  }

  async makeFolder(path: string): Promise<void> {
    this.fault('makeFolder', path);
  }

  async removeFolder(path: string): Promise<void> {
    this.fault('removeFolder', path);
    for (const file of this.#files.keys())
      if (file === path || file.startsWith(`${path}/`)) this.#files.delete(file);
  }

  async list(folder: string): Promise<readonly string[]> {
    this.fault('list', folder);
    const below = [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`));
    const names = below.map((path) => path.slice(folder.length + 1).split('/')[0] ?? '');
    return [...new Set(names)].toSorted();
  }

  async freeBytes(folder: string): Promise<number> {
    this.fault('freeBytes', folder);
    return this.free;
  }
}

/** An error as the system throws it, e.g. `ENOSPC`. */
export const diskError = (code: string): Error => Object.assign(new Error(code), { code });

/** Fails the given operations from now on. */
export const failing =
  (code: string, ...operations: readonly DiskOperation[]) =>
  (operation: DiskOperation): void => {
    if (operations.includes(operation)) throw diskError(code);
  };
