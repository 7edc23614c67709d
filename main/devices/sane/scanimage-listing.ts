/** Reads what `scanimage` lists. Everything in it is foreign text. */
import type { ScannerIdentity } from '../scanner-id.ts';

/** Between fields and between devices: no vendor's name has these (ASCII unit and record separator). */
const FIELD = '\u001f';
const RECORD = '\u001e';

/** The argument that makes scanimage list like that. */
export const LISTING_FORMAT = `--formatted-device-list=${['%d', '%v', '%m', '%t'].join(FIELD)}${RECORD}`;

export interface ListedDevice {
  readonly identity: ScannerIdentity;
  /** SANE's name of the device, handed back to scanimage as it is. */
  readonly handle: string;
}

/** SANE's own limit for such names is none; longer ones are no device's. */
const MAX_NAME_CHARS = 512;

/** Webcams that SANE takes for scanners (backend v4l). */
const isCamera = (name: string): boolean => name.startsWith('v4l:');

/** Backends that reach the scanners the eSCL driver finds by itself. */
const isDriverless = (name: string): boolean =>
  name.startsWith('airscan:') || name.startsWith('escl:');

/** Devices of a listing; records that are none are left out. */
export const parseListing = (text: string, hasEsclDriver: boolean): ListedDevice[] =>
  text.split(RECORD).flatMap((record) => {
    const [handle = '', vendor = '', model = '', type, more] = record.split(FIELD);
    if (type === undefined || more !== undefined) return [];
    if (handle === '' || handle.length > MAX_NAME_CHARS || /\p{Cc}/u.test(handle)) return [];
    if (isCamera(handle) || (hasEsclDriver && isDriverless(handle))) return [];
    return [{ identity: { vendor, model, serial: null }, handle }];
  });
