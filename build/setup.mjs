/**
 * Set-up on a fresh clone, in plain Node without dependencies: packages, then a runtime, then the
 * choice between Electron and its stand-in. Safe when killed, run twice at once, without stdin, or
 * with a stale lockfile. Must run on Node 18 and with no node_modules.
 *
 * Exit codes: 0 ready; 69 (EX_UNAVAILABLE) a command a person must run is printed; 1 anything else.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './setup-lock.mjs';
import {
  chooseRuntime,
  CHROMIUM_SHELL,
  electronBinary,
  findChromium,
  findCommand,
  hasDisplay,
} from './runtime.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMP = join(ROOT, 'node_modules', '.kiosk-setup.json');
const EX_UNAVAILABLE = 69;
/** One attempt to fetch Electron's binary: long enough for 110 MB on a good line, short enough to wait for. */
const ELECTRON_FETCH_TIMEOUT_MS = 60_000;
/** Chromium runs the host: its shell the tests, the browser a window; strace shows what reached the disk. */
const HOST_PACKAGES = [CHROMIUM_SHELL, ...(hasDisplay() ? ['chromium'] : []), 'strace'];
/** SANE's scanners, virtual ones among them, and two other people's eSCL clients for the device tests. */
const SCANNER_PACKAGES = ['sane-utils', 'sane-airscan'];

/** @param {string} message */
const say = (message) => {
  process.stderr.write(`setup: ${message}\n`);
};

class SetupError extends Error {
  /** @param {string} message @param {number} exitCode */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What the installed packages must agree with. */
const wanted = () =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');

/** @returns {{ packages?: string, electronTried?: boolean, scannersTried?: boolean }} */
const readStamp = () => {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return {};
  }
};

/** Runs a command with its output on stderr, so that stdout stays for results. @param {string} command @param {string[]} args @param {import('node:child_process').SpawnSyncOptions} [options] */
const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options }).status ?? 1;

const installPackages = () => {
  say('installing the packages of package-lock.json (npm ci)');
  // Removed first: a folder half filled by a killed run must not look whole.
  rmSync(STAMP, { force: true });
  const npmCli = process.env['npm_execpath'];
  const isNpmCli = npmCli !== undefined && /npm-cli\.[cm]?js$/.test(npmCli);
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts'];
  const { NODE_ENV: _production, ...inherited } = process.env;
  const env = { ...inherited, npm_config_audit: 'false', npm_config_fund: 'false' };
  const status = isNpmCli
    ? run(process.execPath, [npmCli, ...args], { env })
    : run('npm', args, { env, shell: process.platform === 'win32' });
  if (status !== 0) throw new SetupError('npm ci failed; its message stands above');
  writeStamp({ packages: wanted() });
};

/** @param {ReturnType<typeof readStamp>} stamp */
const writeStamp = (stamp) => {
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, JSON.stringify(stamp));
};

const fetchElectron = () => {
  const stamp = readStamp();
  if (stamp.electronTried === true) return;
  say("fetching Electron's binary (one attempt)");
  const status = spawnSync(process.execPath, [join(ROOT, 'node_modules/electron/install.js')], {
    cwd: ROOT,
    stdio: 'ignore',
    timeout: ELECTRON_FETCH_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  }).status;
  writeStamp({ ...stamp, electronTried: true });
  say(status === 0 ? 'Electron is here' : "Electron's binary can't be fetched from here");
};

/** @param {string[]} packages */
const aptLine = (packages) =>
  `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** Whether this run has asked Debian what there is. */
let isListed = false;

/** Installs Debian packages where this user may. @param {string[]} packages @returns {'done' | 'refused' | 'failed'} */
const installDebian = (packages) => {
  const isRoot = process.getuid?.() === 0;
  const canSudo =
    !isRoot &&
    findCommand('sudo') !== null &&
    run('sudo', ['-n', 'true'], { stdio: 'ignore' }) === 0;
  if (findCommand('apt-get') === null || (!isRoot && !canSudo)) return 'refused';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [command, ...prefix] = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const apt = (/** @type {string[]} */ ...args) =>
    run(command, [...prefix, '-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  if (!isListed) apt('update');
  isListed = true;
  const isInstalled = apt('install', '-y', '--no-install-recommends', ...packages) === 0;
  return isInstalled ? 'done' : 'failed';
};

const hasChromium = () => findChromium({ isHeaded: hasDisplay() }) !== null;

/** A browser that is here already is enough to go on: tests only take longer in it than in the shell. */
const installChromium = () => {
  // Whoever names a program wants no other: whether it is there is said by chooseRuntime.
  if (process.env['KIOSK_CHROMIUM'] !== undefined) return;
  if (hasChromium() && findCommand(CHROMIUM_SHELL) !== null) return;
  say('installing Chromium from the Debian packages');
  const outcome = installDebian(HOST_PACKAGES);
  if (hasChromium()) return;
  if (outcome === 'refused')
    throw new SetupError(
      `neither Electron's binary nor Chromium is here. Run this, then the same command again:\n  sudo sh -c '${aptLine(HOST_PACKAGES)}'`,
      EX_UNAVAILABLE,
    );
  throw new SetupError(
    `Chromium could not be installed. Run:\n  ${aptLine(HOST_PACKAGES)}`,
    EX_UNAVAILABLE,
  );
};

/** The kiosk runs without them: what can't be installed is said, and its tests are skipped. */
const installScanners = () => {
  const stamp = readStamp();
  if (stamp.scannersTried === true) return;
  say('installing scanner programs from the Debian packages (one attempt)');
  const isDone = installDebian(SCANNER_PACKAGES) === 'done';
  writeStamp({ ...stamp, scannersTried: true });
  if (!isDone)
    say(
      `no SANE here: scanners it drives and their tests are left out. To have them:\n  ${aptLine(SCANNER_PACKAGES)}`,
    );
};

const isReady = () =>
  existsSync(STAMP) && readStamp().packages === wanted() && chooseRuntime(ROOT).ok;

const setUp = () => {
  if (readStamp().packages !== wanted()) installPackages();
  const forced = process.env['KIOSK_RUNTIME'];
  if (forced !== 'host' && electronBinary(ROOT) === null) fetchElectron();
  const isHostWanted = forced === 'host' || electronBinary(ROOT) === null || !hasDisplay();
  if (forced !== 'electron' && isHostWanted) installChromium();
  if (process.platform === 'linux' && findCommand('scanimage') === null) installScanners();
};

try {
  if (!isReady()) withLock(join(ROOT, '.setup.lock'), () => isReady() || setUp());
  const runtime = chooseRuntime(ROOT);
  if (!runtime.ok) throw new SetupError(runtime.reason, EX_UNAVAILABLE);
  say(runtime.line);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  say(error.message);
  process.exitCode = error instanceof SetupError ? error.exitCode : 1;
}
