/**
 * Starts Debian's Chromium under the host's hand and ends it with the host.
 * It can reach no network: every request is answered by the app's own code or refused.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findChromium } from '../../build/runtime.mjs';
import { connectCdp, type CdpConnection } from './cdp.ts';
import type { HostOptions } from './host-options.ts';

const START_TIMEOUT_MS = 20_000;

/** Features that would talk to the network, or start processes and pages nobody asked for. */
const DISABLED_FEATURES = [
  'AutofillServerCommunication',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  // A spare process would be taken for the renderer of the next window (see renderer-pids.ts).
  'SpareRendererForSitePerProcess',
  'Translate',
  // The address bar's pop-ups: each window would start them as a page of 400 files nobody sees.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

/** Switches of the app or the command line that Chromium itself must hear. */
const PASSED_ON = ['use-fake-device-for-media-stream', 'use-file-for-fake-video-capture', 'lang'];

export interface Chromium {
  readonly cdp: CdpConnection;
  readonly process: ChildProcess;
  /** Ends it at once and removes its profile. */
  kill(): void;
}

/** What Debian's script asks of the browser: with less than this free a page of pictures can crash. */
const LEAST_SHARED_MEMORY_BYTES = 4_080_218_931;

const isSharedMemoryScarce = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize < LEAST_SHARED_MEMORY_BYTES;
  } catch {
    return true;
  }
};

const PROFILE_PREFIX = 'kiosk-host-';

const removeProfile = (profile: string): void => {
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    /* A dying process of Chromium still writes; the next start sweeps what is left. */
  }
};

/** A profile of this process; those of hosts that were killed are removed. */
const createProfile = (): string => {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PROFILE_PREFIX) ? name.split('-')[2] : undefined;
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeProfile(join(tmpdir(), name));
  }
  return mkdtempSync(join(tmpdir(), `${PROFILE_PREFIX}${process.pid}-`));
};

const disabledFeatures = (appSwitches: ReadonlyMap<string, string>): string =>
  [...DISABLED_FEATURES, ...(appSwitches.get('disable-features') ?? '').split(',')]
    .filter((feature) => feature !== '')
    .join(',');

const chromiumArgs = (
  options: HostOptions,
  appSwitches: ReadonlyMap<string, string>,
  profile: string,
): string[] => {
  const size = `${options.widthPx},${options.heightPx}`;
  const passedOn = [...appSwitches].filter(([name]) => name !== 'disable-features');
  for (const name of PASSED_ON) {
    const value = options.switches.get(name);
    if (value !== undefined && !appSwitches.has(name)) passedOn.push([name, value]);
  }
  return [
    // Chromium refuses to start its sandbox for root; anyone else gets it.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(options.isHeaded
      ? []
      : [
          '--headless',
          `--screen-info={${options.widthPx}x${options.heightPx}}`,
          // Without a window nobody could be asked: what the app denies is refused by permissions.ts.
          '--use-fake-ui-for-media-stream',
        ]),
    ...(options.switches.has('remote-debugging-port')
      ? [`--remote-debugging-port=${options.switches.get('remote-debugging-port') ?? ''}`]
      : []),
    '--remote-debugging-pipe',
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-back-forward-cache',
    '--disable-breakpad',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    ...(isSharedMemoryScarce() ? ['--disable-dev-shm-usage'] : []),
    '--disable-gpu',
    '--disable-infobars',
    '--disable-quic',
    '--disable-sync',
    '--deny-permission-prompts',
    '--metrics-recording-only',
    '--password-store=basic',
    '--force-color-profile=srgb',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    `--disable-features=${disabledFeatures(appSwitches)}`,
    `--window-size=${size}`,
    '--window-position=0,0',
    `--user-data-dir=${profile}`,
    ...passedOn.map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`)),
  ];
};

/** Watches Chromium's log for the line Playwright waits for, and passes that one on. */
const relayLog = (log: Readable, isVerbose: boolean): void => {
  let line = '';
  log.setEncoding('utf8').on('data', (text: string) => {
    if (isVerbose) process.stderr.write(text);
    line += text;
    const lines = line.split('\n');
    line = lines.pop() ?? '';
    for (const complete of lines)
      if (!isVerbose && complete.startsWith('DevTools listening on '))
        process.stderr.write(`\n${complete}\n`);
  });
};

/**
 * Starts Chromium and waits until it answers.
 * @param appSwitches what the app set with app.commandLine.appendSwitch
 */
export const startChromium = async (
  options: HostOptions,
  appSwitches: ReadonlyMap<string, string>,
): Promise<Chromium> => {
  const executable = findChromium({ isHeaded: options.isHeaded });
  if (executable === null) throw new Error('electron host: there is no Chromium for it here');
  const profile = createProfile();
  const child = spawn(executable, chromiumArgs(options, appSwitches, profile), {
    // With the pipe open to a dead host Chromium ends by itself: a crash test leaves nothing behind.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Debian starts its programs by scripts, of which one waits for Chromium: both are of one group.
    detached: true,
  });
  const kill = (): void => {
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (isRunning && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    removeProfile(profile);
  };
  relayLog(child.stderr as Readable, options.isVerbose);
  const cdp = connectCdp(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', () => {
      reject(new Error(`electron host: ${executable} can't be started`));
    });
    setTimeout(() => {
      reject(new Error(`electron host: Chromium did not answer in ${START_TIMEOUT_MS} ms`));
    }, START_TIMEOUT_MS).unref();
  });
  try {
    await Promise.race([cdp.browser.send('Browser.getVersion'), failed]);
  } catch (error) {
    kill();
    throw error;
  }
  return { cdp, process: child, kill };
};
