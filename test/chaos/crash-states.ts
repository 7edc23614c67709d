/**
 * A file system that loses power: knows what was synced, and makes the folders that can be found
 * afterwards. Stricter than ext4: a name counts once its folder was synced, data once its file was,
 * and whatever was not can be there, not be there, be half there, or be there out of order.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { DiskOperation } from './trace.ts';

type DataChange =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly sizeBytes: number };

/** A file with the changes that were not synced. */
interface Inode {
  durable: Buffer;
  pending: DataChange[];
}

type NameChange =
  | { readonly kind: 'link'; readonly path: string; readonly inode: Inode | 'folder' }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string };

const applyData = (content: Buffer, change: DataChange): Buffer => {
  if (change.kind === 'truncate') {
    const cut = Buffer.alloc(change.sizeBytes);
    content.copy(cut);
    return cut;
  }
  const end = change.position + change.bytes.byteLength;
  const grown = end > content.byteLength ? Buffer.alloc(end) : Buffer.from(content);
  if (grown.byteLength > content.byteLength) content.copy(grown);
  grown.set(change.bytes, change.position);
  return grown;
};

type Names = Map<string, Inode | 'folder'>;

const applyName = (names: Names, change: NameChange): void => {
  if (change.kind === 'link') names.set(change.path, change.inode);
  else if (change.kind === 'unlink') names.delete(change.path);
  else {
    const moved = names.get(change.path);
    if (moved === undefined) return;
    names.delete(change.path);
    names.set(change.to, moved);
  }
};

/** A file whose folder was lost is lost with it. */
const isHoused = (names: Names, root: string, path: string): boolean => {
  for (let folder = dirname(path); folder !== root; folder = dirname(folder))
    if (!names.has(folder)) return false;
  return true;
};

/** Which unsynced changes a crash leaves: asked once per change, in order. */
export interface Survival {
  readonly name: string;
  keepsName(): boolean;
  /** `half`: the first half of a write's bytes. */
  keepsData(isLast: boolean): 'all' | 'half' | 'none';
}

export class CrashingDisk {
  /** What programs see. */
  readonly #names: Names = new Map();
  readonly #durableNames: Names = new Map();
  #pendingNames: NameChange[] = [];

  /** Takes an operation as the kernel did. */
  apply(operation: DiskOperation): void {
    switch (operation.op) {
      case 'create':
        if (!this.#names.has(operation.path))
          this.#change({
            kind: 'link',
            path: operation.path,
            inode: { durable: Buffer.alloc(0), pending: [] },
          });
        break;
      case 'make-folder':
        this.#change({ kind: 'link', path: operation.path, inode: 'folder' });
        break;
      case 'unlink':
        this.#change({ kind: 'unlink', path: operation.path });
        break;
      case 'rename':
        this.#change({ kind: 'rename', path: operation.path, to: operation.to });
        break;
      case 'truncate':
        this.#inode(operation.path)?.pending.push({
          kind: 'truncate',
          sizeBytes: operation.sizeBytes,
        });
        break;
      case 'write':
        this.#inode(operation.path)?.pending.push({
          kind: 'write',
          position: operation.position,
          bytes: operation.bytes,
        });
        break;
      case 'sync':
        this.#sync(operation.path);
        break;
      case 'said':
        break;
    }
  }

  /** Writes into `target` what a crash of this kind leaves of `root`. */
  async crashInto(root: string, target: string, survival: Survival): Promise<void> {
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true });
    const names: Names = new Map(this.#durableNames);
    for (const change of this.#pendingNames) if (survival.keepsName()) applyName(names, change);
    for (const [path, inode] of [...names].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const place = join(target, relative(root, path));
      if (!isHoused(names, root, path)) continue;
      if (inode === 'folder') await mkdir(place, { recursive: true });
      else await writeFile(place, this.#survivor(inode, survival));
    }
  }

  #survivor(inode: Inode, survival: Survival): Buffer {
    let content = inode.durable;
    for (const [index, change] of inode.pending.entries()) {
      const kept = survival.keepsData(index === inode.pending.length - 1);
      if (kept === 'all') content = applyData(content, change);
      else if (kept === 'half' && change.kind === 'write')
        content = applyData(content, {
          ...change,
          bytes: change.bytes.subarray(0, Math.ceil(change.bytes.byteLength / 2)),
        });
    }
    return content;
  }

  #inode(path: string): Inode | null {
    const found = this.#names.get(path);
    return found === undefined || found === 'folder' ? null : found;
  }

  #change(change: NameChange): void {
    applyName(this.#names, change);
    this.#pendingNames.push(change);
  }

  #sync(path: string): void {
    const inode = this.#inode(path);
    if (inode !== null) {
      for (const change of inode.pending) inode.durable = applyData(inode.durable, change);
      inode.pending = [];
      return;
    }
    const isInside = (change: NameChange): boolean => dirname(change.path) === path;
    for (const change of this.#pendingNames)
      if (isInside(change)) applyName(this.#durableNames, change);
    this.#pendingNames = this.#pendingNames.filter((change) => !isInside(change));
  }
}
