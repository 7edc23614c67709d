import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_OPERATOR_SETTINGS } from '../../../../main/settings/operator-settings.ts';
import { createSettingsStore } from '../../../../main/shell/operator-settings-store.ts';

const electron = vi.hoisted(() => ({
  app: { getPath: () => '/nowhere', getVersion: () => '0.1.0' },
  ipcMain: null as EventEmitter | null,
  shell: {},
}));
vi.mock('electron', async () => {
  const events = await import('node:events');
  electron.ipcMain = new events.EventEmitter();
  return { ...electron, default: electron };
});

const SETTINGS = {
  version: 1,
  camera: { deviceId: 'a.b.c', label: 'Document camera' },
  scanner: null,
  mode: 'teller',
  language: 'lt',
  onScreenKeyboard: null,
} as const;
const DEFAULTS = { ok: true, value: DEFAULT_OPERATOR_SETTINGS };
const DAMAGED = { ok: false, error: { code: 'SETTINGS_DAMAGED' } };
const STORAGE_FAILED = { ok: false, error: { code: 'STORAGE_FAILED' } };
const OK = { ok: true, value: null };

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-settings-'));
  path = join(folder, 'operator-settings.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('operator settings store', () => {
  it('has the defaults before anything was stored, and writes nothing to have them', () => {
    expect(createSettingsStore(folder).load()).toEqual(DEFAULTS);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives back what was saved, after a restart too', () => {
    expect(createSettingsStore(folder).save(SETTINGS)).toEqual(OK);
    expect(createSettingsStore(folder).load()).toEqual({ ok: true, value: SETTINGS });
  });

  it('replaces the settings whole', () => {
    const store = createSettingsStore(folder);
    store.save(SETTINGS);
    expect(store.save(DEFAULT_OPERATOR_SETTINGS)).toEqual(OK);
    expect(store.load()).toEqual(DEFAULTS);
  });

  it('keeps its file from other accounts', () => {
    createSettingsStore(folder).save(SETTINGS);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).toSorted()).toEqual([
      'operator-settings-last-good.json',
      'operator-settings.json',
    ]);
  });

  it('REC-05: gives what was saved last while the file is damaged, else the defaults', () => {
    const store = createSettingsStore(folder);
    expect(store.lastGood()).toEqual(DEFAULTS.value);
    store.save(SETTINGS);
    writeFileSync(path, '{');
    expect(createSettingsStore(folder).lastGood()).toEqual(SETTINGS);
    expect(store.save({ ...SETTINGS, camera: null })).toEqual(DAMAGED);
    expect(store.lastGood()).toEqual(SETTINGS);
    writeFileSync(join(folder, 'operator-settings-last-good.json'), '[]');
    expect(store.lastGood()).toEqual(DEFAULTS.value);
  });

  it.each([
    ['empty', ''],
    ['cut off', '{"version":1,"came'],
    ['no object', '[]'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['of another version', '{"version":2,"camera":null}'],
    ['of unknown keys', '{"version":1,"camera":null,"pin":"829401"}'],
    ['of wrong types', '{"version":1,"camera":"front"}'],
    ['binary', Buffer.from([0, 255, 254])],
  ])('REC-05: a file that is %s is named damaged, kept, and not saved over', (_name, content) => {
    writeFileSync(path, content);
    const before = readFileSync(path);
    const store = createSettingsStore(folder);
    expect(store.load()).toEqual(DAMAGED);
    expect(store.save(SETTINGS)).toEqual(DAMAGED);
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['operator-settings.json']);
  });

  it('REC-05: a file that gets damaged while the kiosk runs is not saved over', () => {
    const store = createSettingsStore(folder);
    store.save(SETTINGS);
    writeFileSync(path, '{');
    expect(store.save(SETTINGS)).toEqual(DAMAGED);
    expect(readFileSync(path, 'utf8')).toBe('{');
  });

  it('REC-05: never throws on any content, and leaves it as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (content) => {
        writeFileSync(path, content);
        const store = createSettingsStore(folder);
        expect(store.load()).toEqual(DAMAGED);
        expect(store.save(SETTINGS)).toEqual(DAMAGED);
        expect(readFileSync(path, 'utf8')).toBe(content);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('REC-05: keeps each damaged file beside the new one when staff starts over', () => {
    const store = createSettingsStore(folder);
    for (const content of ['first', 'second']) {
      writeFileSync(path, content);
      expect(store.reset()).toEqual(OK);
      expect(store.load()).toEqual(DEFAULTS);
    }
    expect(store.save(SETTINGS)).toEqual(OK);
    expect(readdirSync(folder).toSorted()).toEqual([
      'operator-settings-last-good.json',
      'operator-settings.json',
      'operator-settings.json.kept-1',
      'operator-settings.json.kept-2',
    ]);
    expect(readFileSync(`${path}.kept-1`, 'utf8')).toBe('first');
  });

  it('touches nothing when staff starts over without need', () => {
    const store = createSettingsStore(folder);
    expect(store.reset()).toEqual(OK);
    store.save(SETTINGS);
    expect(store.reset()).toEqual(OK);
    expect(store.load()).toEqual({ ok: true, value: SETTINGS });
  });

  it('says when the disk refused', () => {
    const blocked = join(folder, 'file', 'inside');
    writeFileSync(join(folder, 'file'), '');
    expect(createSettingsStore(blocked).save(SETTINGS)).toEqual(STORAGE_FAILED);
  });

  it('calls a folder in its place damaged', () => {
    mkdirSync(path);
    expect(createSettingsStore(folder).load()).toEqual(DAMAGED);
    expect(createSettingsStore(folder).save(SETTINGS)).toEqual(DAMAGED);
    expect(existsSync(path)).toBe(true);
  });

  it('SEC-08: leaves no way in for a renderer, as electron-store would', () => {
    const store = createSettingsStore(folder);
    store.save(SETTINGS);
    store.load();
    expect(electron.ipcMain?.eventNames()).toEqual([]);
  });
});
