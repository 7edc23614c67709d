/** Unit, contract, device and conformance tests: everything that needs no window. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that change what the others in their process would share: a module, a global, libvips. */
const APART = [
  'test/{contract,device}/**/*.test.ts',
  'test/unit/main/{capture,devices,handlers,shell}/**/*.test.ts',
  'test/unit/main/canaries.test.ts',
  'test/unit/renderer/camera/*.test.ts',
  'test/unit/renderer/kiosk-api.test.ts',
];

/** Files of one process after the other: starting one for each costs as much as all they test. */
const together = (name: string, include: readonly string[]) => ({
  extends: true as const,
  test: { name, include: [...include], exclude: APART, isolate: false },
});

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    /** Two cores: more workers only fight. */
    maxWorkers: 2,
    sequence: { shuffle: true },
    /** No test is timed: on a busy machine the slowest takes many times its five seconds. */
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      // Where main's decoder is loaded (main/capture/image-decoder.ts), no SVG can be drawn any more.
      together('main', ['test/{unit/main,conformance}/**/*.test.ts']),
      together('drawing', ['test/unit/!(main)/**/*.test.{ts,tsx}', 'test/unit/*.test.ts']),
      {
        extends: true,
        test: {
          name: 'apart',
          include: APART,
          /** Outside Electron its own import of electron would start a download: a fake is put there. */
          server: { deps: { inline: ['electron-store'] } },
        },
      },
    ],
  },
});
