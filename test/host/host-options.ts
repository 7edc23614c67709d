/**
 * What the host reads from its command line and environment, once.
 * No option here may weaken what the product's own code decides.
 */
import { resolve } from 'node:path';

/** How safeStorage behaves, so that every branch of the product can be driven. */
export type KeyringMode = 'keyring' | 'basic_text' | 'unavailable' | 'unknown';

export interface HostOptions {
  /** Everything after the executable, as the app sees it in process.argv. */
  readonly args: readonly string[];
  /** Switches of the command line without dashes, lower case; '' without a value. */
  readonly switches: ReadonlyMap<string, string>;
  /** Absolute folder with the app's package.json. */
  readonly appDir: string;
  readonly keyring: KeyringMode;
  /** Screen and window, CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isHeaded: boolean;
  /** Copies Chromium's own log to stderr. */
  readonly isVerbose: boolean;
}

const KEYRING_MODES: readonly string[] = ['keyring', 'basic_text', 'unavailable', 'unknown'];
const isKeyringMode = (value: string): value is KeyringMode => KEYRING_MODES.includes(value);

const readSwitches = (args: readonly string[]): Map<string, string> => {
  const switches = new Map<string, string>();
  for (const arg of args) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    if (match?.[1] !== undefined) switches.set(match[1].toLowerCase(), match[2] ?? '');
  }
  return switches;
};

const readWindow = (value: string): { readonly widthPx: number; readonly heightPx: number } => {
  const match = /^(\d{2,5})x(\d{2,5})$/.exec(value);
  if (match === null) throw new Error('electron host: KIOSK_WINDOW must look like 1280x800');
  return { widthPx: Number(match[1]), heightPx: Number(match[2]) };
};

/** Reads the options. Throws on a value it does not know. */
export const readHostOptions = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): HostOptions => {
  const keyring = env['KIOSK_HOST_KEYRING'] ?? 'keyring';
  if (!isKeyringMode(keyring))
    throw new Error(`electron host: KIOSK_HOST_KEYRING must be one of ${KEYRING_MODES.join(', ')}`);
  return {
    args,
    switches: readSwitches(args),
    appDir: resolve(args.find((arg) => !arg.startsWith('-')) ?? '.'),
    keyring,
    ...readWindow(env['KIOSK_WINDOW'] ?? '1280x800'),
    isHeaded: env['KIOSK_HEADED'] === '1' && (env['DISPLAY'] ?? '') !== '',
    isVerbose: env['KIOSK_HOST_VERBOSE'] === '1',
  };
};

/** The options of this process: execPath and boot.ts come first in Node's own argv. */
export const hostOptions = readHostOptions(process.argv.slice(2), process.env);
