/** The words both sides of the border share about document scanners. */
import { z } from 'zod';

/** How a scanner is reached. */
export const SCANNER_KINDS = [
  /** `scanimage` of Debian's sane-utils. */
  'sane',
  /** Driverless, over HTTP: network scanners, and USB ones behind ipp-usb. */
  'escl',
  /** The folder in which the vendor's own program drops its files. */
  'folder',
  /** The console of a NAPS2 that the bank installed. */
  'naps2',
] as const;
export const scannerKind = z.enum(SCANNER_KINDS);
export type ScannerKind = z.infer<typeof scannerKind>;

/** Where the paper lies. `duplex` is a feeder that sees both sides of each sheet. */
export const SCAN_SOURCES = ['platen', 'feeder', 'duplex'] as const;
export const scanSource = z.enum(SCAN_SOURCES);
export type ScanSource = z.infer<typeof scanSource>;

export const SCAN_COLOURS = ['colour', 'grey'] as const;
export const scanColour = z.enum(SCAN_COLOURS);
export type ScanColour = z.infer<typeof scanColour>;

/** Kind and sixteen hex digits (main/devices/scanner-id.ts): tells nothing of a path or an address. */
export const scannerId = z.string().regex(/^(sane|escl|folder|naps2)-[0-9a-f]{16}$/);
export type ScannerId = z.infer<typeof scannerId>;

/** A scanner as the operator's settings remember it, and where its paper was taken from last. */
export const scannerIdentity = z.strictObject({
  scannerId,
  name: z.string().max(64),
  source: scanSource,
});
export type ScannerIdentity = z.infer<typeof scannerIdentity>;
