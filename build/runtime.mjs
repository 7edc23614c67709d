/**
 * Which runtime runs the kiosk on this machine: Electron's own binary, or the host in test/host on
 * Chromium. Plain Node without dependencies: set-up asks before any package is there.
 */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} path */
const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** Full path of a command on PATH, or null. @param {string} name */
export const findCommand = (name) =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable) ?? null;

/** Chromium without a browser around it, as Electron has none. It shows no window. */
export const CHROMIUM_SHELL = 'chromium-headless-shell';
const CHROMIUM_BROWSERS = ['chromium', 'chromium-browser'];

/**
 * Debian's Chromium, or what KIOSK_CHROMIUM names; null where it is not.
 * @param {{ isHeaded?: boolean }} [options] isHeaded: one that can show a window
 */
export const findChromium = ({ isHeaded = false } = {}) => {
  const named = process.env['KIOSK_CHROMIUM'];
  if (named !== undefined) return isExecutable(named) ? named : null;
  const names = [...(isHeaded ? [] : [CHROMIUM_SHELL]), ...CHROMIUM_BROWSERS];
  return names.map(findCommand).find((path) => path !== null) ?? null;
};

/** Whether a window could be seen here. */
export const hasDisplay = () =>
  process.platform !== 'linux' ||
  (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';

/** Electron's binary where its package keeps it, or null. @param {string} root */
export const electronBinary = (root) => {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return isExecutable(binary) ? binary : null;
};

/**
 * @typedef {{ ok: true, runtime: 'electron' | 'host', line: string }} Chosen
 * @typedef {{ ok: false, reason: string }} NotChosen
 */

/**
 * The runtime and one line that says so. Electron can't start without a display; the host can.
 * KIOSK_RUNTIME=electron|host forces it.
 * @param {string} root
 * @returns {Chosen | NotChosen}
 */
export const chooseRuntime = (root) => {
  const forced = process.env['KIOSK_RUNTIME'];
  if (forced !== undefined && forced !== 'electron' && forced !== 'host')
    return { ok: false, reason: `KIOSK_RUNTIME is electron or host, not ${forced}` };
  const isElectronHere = electronBinary(root) !== null;
  if (isElectronHere && (forced === 'electron' || (forced !== 'host' && hasDisplay())))
    return { ok: true, runtime: 'electron', line: "runtime: electron (Electron's own binary)" };
  if (forced === 'electron')
    return { ok: false, reason: "KIOSK_RUNTIME=electron, but Electron's binary is not here" };
  const chromium = findChromium({ isHeaded: hasDisplay() });
  const missing = isElectronHere ? 'Electron needs a display' : "Electron's binary is not here";
  if (chromium === null) return { ok: false, reason: `${missing}, and there is no Chromium` };
  const why = forced === 'host' ? 'as KIOSK_RUNTIME says' : missing;
  return { ok: true, runtime: 'host', line: `runtime: host (test/host on ${chromium}; ${why})` };
};
