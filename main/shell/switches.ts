/**
 * What the command line may not do to a packaged kiosk, and what must be set before `ready`.
 * Must never be relaxed by a flag of its own: tests run the same code on an unpackaged build.
 */
// SECURITY: SEC-13
import { app, protocol } from 'electron';
import { APP_SCHEME } from './app-origin.ts';

/**
 * Chromium and Node switches that open the kiosk to its user: debugging, script injection, weaker
 * TLS, another profile, fake devices. Prefixes; matched against the name without leading dashes.
 */
export const FORBIDDEN_SWITCH_PREFIXES = [
  'allow-running-insecure-content',
  'allow-file-access',
  'auto-open-devtools-for-tabs',
  'browser-subprocess-path',
  'disable-features',
  'disable-gpu-sandbox',
  'disable-renderer-backgrounding',
  'disable-site-isolation',
  'disable-web-security',
  'enable-blink-features',
  'enable-logging',
  'gpu-launcher',
  'host-resolver-rules',
  'host-rules',
  'ignore-certificate-errors',
  'inspect',
  'js-flags',
  'load-extension',
  'log-net-log',
  'no-sandbox',
  'disable-setuid-sandbox',
  'disable-seccomp-filter-sandbox',
  'password-store',
  'proxy-',
  'no-proxy-server',
  'remote-allow-origins',
  'remote-debugging-',
  'renderer-cmd-prefix',
  'single-process',
  'ssl-key-log-file',
  'unsafely-treat-insecure-origin-as-secure',
  'use-fake-',
  'use-file-for-fake-',
  'user-data-dir',
  'utility-cmd-prefix',
  'zygote-cmd-prefix',
] as const;

/** The first forbidden switch of a command line, or null. Case does not matter, as in Chromium on Windows. */
export const forbiddenSwitch = (argv: readonly string[]): string | null => {
  for (const argument of argv) {
    const name = /^(?:--?|\/)([^=\s]+)/.exec(argument)?.[1]?.toLowerCase();
    if (name !== undefined && FORBIDDEN_SWITCH_PREFIXES.some((prefix) => name.startsWith(prefix)))
      return name;
  }
  return null;
};

/** Process-wide settings. Returns false when this start must end at once. */
export const applySwitches = (argv: readonly string[]): boolean => {
  if (app.isPackaged && forbiddenSwitch(argv) !== null) return false;
  // SECURITY: SEC-01
  app.enableSandbox();
  app.commandLine.appendSwitch(
    'disable-features',
    'MediaRouter,HardwareMediaKeyHandling,Translate',
  );
  app.commandLine.appendSwitch('disable-pinch');
  app.commandLine.appendSwitch('overscroll-history-navigation', '0');
  app.commandLine.appendSwitch('disable-http-cache');
  app.commandLine.appendSwitch('disable-gpu-shader-disk-cache');
  // Over these Chromium sends a request once more by itself, also when all of its body has left
  // (net/http/http_network_transaction.cc, HandleIOError: kHttp2PingFailed, kQuic…).
  app.commandLine.appendSwitch('disable-http2');
  app.commandLine.appendSwitch('disable-quic');
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  return true;
};
