/**
 * What a worker asked of its disk, in order, as the kernel saw it: strace's log read back into
 * operations. Catches SQLite as well as our own files, and nothing a program could forget to report.
 */
import { readFile } from 'node:fs/promises';

/** One operation below the traced folder. Paths are absolute. */
export type DiskOperation =
  | { readonly op: 'create'; readonly path: string }
  | { readonly op: 'truncate'; readonly path: string; readonly sizeBytes: number }
  | {
      readonly op: 'write';
      readonly path: string;
      readonly position: number;
      readonly bytes: Uint8Array;
    }
  | { readonly op: 'sync'; readonly path: string }
  | { readonly op: 'rename'; readonly path: string; readonly to: string }
  | { readonly op: 'unlink'; readonly path: string }
  | { readonly op: 'make-folder'; readonly path: string }
  /** A line the worker said: what it had promised by then. */
  | { readonly op: 'said'; readonly text: string };

/** `%file` and `%desc` would slow everything down: only what changes a disk. */
const CALLS = [
  'openat',
  'close',
  'write',
  'pwrite64',
  'pwritev',
  'writev',
  'ftruncate',
  'fsync',
  'fdatasync',
  'rename',
  'renameat',
  'renameat2',
  'unlink',
  'unlinkat',
  'mkdir',
  'mkdirat',
].join(',');

/** The command that runs a worker under strace, with its log in `file`. */
export const straced = (file: string): readonly string[] =>
  ['strace -f --seccomp-bpf -xx -s 2000000', `-e trace=${CALLS} -e signal=none -o ${file}`].flatMap(
    (options) => options.split(' '),
  );

/** `\x2f\x74…` in quotes; strace shortens nothing at the length asked for. */
const hexOf = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

const quoted = (args: string): Buffer[] =>
  [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => hexOf(hex));

interface OpenedFile {
  readonly path: string;
  position: number;
}

/** State of one reading. */
class Reader {
  readonly operations: DiskOperation[] = [];
  readonly #root: string;
  readonly #files = new Map<number, OpenedFile>();

  constructor(root: string) {
    this.#root = root;
  }

  /** One call that succeeded with `result`, begun when there were `since` operations. */
  take(name: string, args: string, result: number, since: number): void {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = quoted(args);
    const descriptor = Number.parseInt(args, 10);
    const file = this.#files.get(descriptor);
    switch (name) {
      case 'openat':
        this.#open(first.toString(), args, result);
        break;
      case 'close':
        this.#files.delete(descriptor);
        break;
      case 'write':
        if (descriptor === 1) this.operations.push({ op: 'said', text: first.toString() });
        else if (file !== undefined) this.#write(file, first.subarray(0, result), null);
        break;
      case 'pwrite64':
        if (file !== undefined)
          this.#write(file, first.subarray(0, result), Number(args.split(', ').at(-1)));
        break;
      case 'writev':
        if (file !== undefined)
          this.#write(file, Buffer.concat(quoted(args)).subarray(0, result), null);
        break;
      case 'pwritev':
        if (file !== undefined) throw new Error(`A file is written with ${name}: not read yet.`);
        break;
      case 'ftruncate':
        if (file !== undefined)
          this.#push({
            op: 'truncate',
            path: file.path,
            sizeBytes: Number(args.split(', ').at(-1)),
          });
        break;
      case 'fsync':
      case 'fdatasync':
        if (file !== undefined && !this.#isWrittenSince(file.path, since))
          this.#push({ op: 'sync', path: file.path });
        break;
      case 'mkdir':
      case 'mkdirat':
        this.#push({ op: 'make-folder', path: first.toString() });
        break;
      case 'unlink':
      case 'unlinkat':
        this.#push({ op: 'unlink', path: first.toString() });
        break;
      case 'rename':
      case 'renameat':
      case 'renameat2':
        this.#push({ op: 'rename', path: first.toString(), to: second.toString() });
        break;
      default:
        throw new Error(`The trace holds ${name}, which nobody asked for.`);
    }
  }

  /** Whether a sync of the file need not have reached all that is recorded before it. */
  #isWrittenSince(path: string, since: number): boolean {
    return this.operations
      .slice(since)
      .some((it) => (it.op === 'write' || it.op === 'truncate') && it.path === path);
  }

  #push(operation: Exclude<DiskOperation, { op: 'said' }>): void {
    if (operation.path.startsWith(this.#root)) this.operations.push(operation);
  }

  #open(path: string, args: string, result: number): void {
    if (!path.startsWith(this.#root)) return;
    this.#files.set(result, { path, position: 0 });
    if (args.includes('O_CREAT')) this.#push({ op: 'create', path });
    if (args.includes('O_TRUNC')) this.#push({ op: 'truncate', path, sizeBytes: 0 });
  }

  #write(file: OpenedFile, bytes: Uint8Array, position: number | null): void {
    const at = position ?? file.position;
    if (position === null) file.position += bytes.byteLength;
    this.#push({ op: 'write', path: file.path, position: at, bytes });
  }
}

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (-?\d+)/;
const BEGUN = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)/;

/** Reads a log. Calls that failed changed nothing. */
export const readTrace = async (file: string, root: string): Promise<DiskOperation[]> => {
  const reader = new Reader(root);
  const begun = new Map<string, { readonly args: string; readonly since: number }>();
  for (const line of (await readFile(file, 'latin1')).split('\n')) {
    const whole = WHOLE.exec(line);
    if (whole !== null) {
      const [, , name = '', args = '', result] = whole;
      if (Number(result) >= 0) reader.take(name, args, Number(result), reader.operations.length);
      continue;
    }
    const start = BEGUN.exec(line);
    if (start !== null) {
      begun.set(start[1] ?? '', { args: start[3] ?? '', since: reader.operations.length });
      continue;
    }
    const end = RESUMED.exec(line);
    if (end === null) continue;
    const [, thread = '', name = '', args = '', result] = end;
    const before = begun.get(thread) ?? { args: '', since: 0 };
    begun.delete(thread);
    if (Number(result) >= 0)
      reader.take(name, `${before.args}${args}`, Number(result), before.since);
  }
  return reader.operations;
};
