/**
 * Names scanners by what they are. A path, an address or a command never goes into a name or an id;
 * what a device says of itself is foreign text and is cut down to what can be shown.
 */
import { createHash } from 'node:crypto';
import type { ScannerId, ScannerKind } from '../../preload/contract/scanner-words.ts';
import { SCAN_LIMITS, type ScannerDevice } from './scanner-driver.ts';

/** What tells one scanner from another. */
export interface ScannerIdentity {
  readonly vendor: string;
  readonly model: string;
  /** Serial number or UUID; null where the scanner does not tell. */
  readonly serial: string | null;
}

/** A scanner a driver found, with how the driver itself reaches it. */
export interface FoundScanner<Handle> {
  readonly device: ScannerDevice;
  readonly handle: Handle;
}

/** Sixteen hex digits: enough to tell a branch's scanners apart, and no way back to a serial number. */
const ID_DIGITS = 16;

const idOf = (kind: ScannerKind, identity: ScannerIdentity, ordinal: number): ScannerId => {
  const parts = [kind, identity.vendor, identity.model, identity.serial, ordinal];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${kind}-${hash.slice(0, ID_DIGITS)}`;
};

/** Foreign text as one short line without control, format and private characters. */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, SCAN_LIMITS.nameChars);

const nameOf = ({ vendor, model }: ScannerIdentity): string => {
  const [maker, type] = [printable(vendor), printable(model)];
  // Many a model repeats its maker.
  const isRepeated = type.toLowerCase().startsWith(maker.toLowerCase());
  return printable(isRepeated ? type : `${maker} ${type}`) || 'Scanner';
};

/**
 * Gives found scanners ids and names. Twins without serial numbers are told apart by their order, as
 * nothing else of them stays the same.
 */
export const identify = <Handle>(
  kind: ScannerKind,
  found: readonly { readonly identity: ScannerIdentity; readonly handle: Handle }[],
): FoundScanner<Handle>[] => {
  const seen = new Map<string, number>();
  return found.slice(0, SCAN_LIMITS.scanners).map(({ identity, handle }) => {
    const key = JSON.stringify([identity.vendor, identity.model, identity.serial]);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const twin = ordinal === 0 ? '' : ` (${ordinal + 1})`;
    const name = nameOf(identity).slice(0, SCAN_LIMITS.nameChars - twin.length) + twin;
    return {
      device: { id: idOf(kind, identity, ordinal), kind, name },
      handle,
    };
  });
};
