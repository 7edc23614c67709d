import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'playwright/test';
import { CHANNEL_NAMES, EVENT_NAMES } from '../../preload/contract/channel-names.ts';
import { SHIPPED_LANGUAGES } from '../../preload/contract/languages.ts';
import { APP_DIR } from '../e2e/support/fixtures.ts';

const APP = join(APP_DIR, 'out', 'app');
const bridge = readFileSync(join(APP, 'preload', 'bridge.cjs'), 'utf8');

/** Runs the bundled bridge with a stand-in for electron; returns what it exposed and asked for. */
const runBridge = (): {
  api: Record<string, Record<string, (...args: unknown[]) => unknown>>;
  required: string[];
  invoked: unknown[][];
  listeners: Map<string, (...args: unknown[]) => void>;
} => {
  const required: string[] = [];
  const invoked: unknown[][] = [];
  const listeners = new Map<string, (...args: unknown[]) => void>();
  let exposed: unknown;
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => {
        exposed = name === 'kiosk' ? api : undefined;
      },
    },
    ipcRenderer: {
      invoke: (...args: unknown[]) => {
        invoked.push(args);
        return Promise.resolve();
      },
      on: (name: string, listener: (...args: unknown[]) => void) => {
        listeners.set(name, listener);
      },
      removeListener: (name: string) => {
        listeners.delete(name);
      },
    },
  };
  const load = (name: string): unknown => {
    required.push(name);
    return electron;
  };
  const module = { exports: {} };
  runInContext(bridge, createContext({ require: load, module, exports: module.exports }));
  return { api: exposed as never, required, invoked, listeners };
};

test('SEC-10 the preload is one file of at most 4 KiB that imports electron alone', () => {
  expect(readdirSync(join(APP, 'preload'))).toEqual(['bridge.cjs']);
  expect(Buffer.byteLength(bridge)).toBeLessThanOrEqual(4 * 1024);
  expect(runBridge().required).toEqual(['electron']);
});

test('SEC-10 the bridge exposes one frozen function for each channel and event', () => {
  const { api } = runBridge();
  const functions = Object.entries(api).flatMap(([area, members]) => {
    expect(Object.isFrozen(members)).toBe(true);
    return Object.entries(members).map(([name, member]) => `${area}.${name}:${typeof member}`);
  });
  expect(Object.isFrozen(api)).toBe(true);
  expect(functions).toHaveLength(CHANNEL_NAMES.length + EVENT_NAMES.length);
  expect(functions.every((each) => each.endsWith(':function'))).toBe(true);
});

test('SEC-10 a call reaches its own channel only, and a listener sees the payload without the event', () => {
  const { api, invoked, listeners } = runBridge();
  void api['session']?.['startSession']?.({ language: 'en' }, 'session:end-session', 'more');
  expect(JSON.stringify(invoked)).toBe(
    JSON.stringify([['session:start-session', { language: 'en' }]]),
  );
  const seen: unknown[][] = [];
  const stop = api['app']?.['onStatusChanged']?.((...args: unknown[]) =>
    seen.push(args),
  ) as () => void;
  listeners.get('app:status-changed')?.({ sender: 'secret' }, 'payload', 'more');
  expect(seen).toEqual([['payload']]);
  stop();
  expect(listeners.size).toBe(0);
});

test('the renderer weighs at most 350 kB gzipped, without fonts, with the heaviest language', () => {
  const folder = join(APP, 'renderer');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|html)$/.test(entry.name))
    .map(({ name, parentPath }) => ({
      name,
      bytes: gzipSync(readFileSync(join(parentPath, name))).byteLength,
    }));
  // English comes with the page; of the others a customer loads one.
  const [, ...loaded] = SHIPPED_LANGUAGES;
  const isLanguage = ({ name }: { readonly name: string }): boolean =>
    loaded.some((tag) => name.startsWith(`${tag}-`));
  const languages = files.filter(isLanguage).map(({ bytes }) => bytes);
  expect(languages).toHaveLength(loaded.length);
  const bytes = files
    .filter((file) => !isLanguage(file))
    .reduce((sum, file) => sum + file.bytes, Math.max(...languages));
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(350_000);
});

test('SEC-05 the page has no inline script, and one inline style, whose hash the build wrote down', () => {
  const html = readFileSync(join(APP, 'renderer', 'index.html'), 'utf8');
  const [before = '', style = '', after = '', ...more] = html.split(/<style>|<\/style>/);
  expect(more).toEqual([]);
  expect(before + after).not.toMatch(
    /<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=|javascript:|data:/i,
  );
  expect(style).not.toMatch(/@import|https?:|data:/i);
  const sha256 = createHash('sha256').update(style).digest('base64');
  expect(JSON.parse(readFileSync(join(APP, 'style-hash.json'), 'utf8'))).toEqual({ sha256 });
});
