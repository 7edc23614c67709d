/** Specs that need a window. The runtime behind them is chosen by test/e2e/support/launch.ts. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'playwright/test';

const root = join(import.meta.dirname, '..');
/** Set by test/run.ts, and read by Playwright's JSON reporter itself. */
const hasJsonReport = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] !== undefined;

const SPECS = globSync('{e2e,security,a11y}/**/*.spec.ts', { cwd: import.meta.dirname }).map(
  (file) => file.replaceAll('\\', '/'),
);
/**
 * Files with sessions before a camera. Each looks at every frame it can: two at once see half as
 * much, miss what the camera shows in turn, and wait for it to come round again.
 */
const WATCHING = SPECS.filter((file) =>
  /cameraFor\(|use-file-for-fake-video-capture/.test(
    readFileSync(join(import.meta.dirname, file), 'utf8'),
  ),
);

export default defineConfig({
  testDir: '.',
  outputDir: join(root, 'out', 'playwright'),
  /** Two cores: one camera, and windows without one in the time it leaves. */
  workers: 3,
  projects: [
    { name: 'camera', testMatch: WATCHING, workers: 1 },
    { name: 'window', testMatch: SPECS.filter((file) => !WATCHING.includes(file)), workers: 2 },
  ],
  /** A spec that passes only sometimes has failed. */
  retries: 0,
  /** No spec is timed: on a busy machine each takes many times its seconds. */
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: hasJsonReport ? [['list'], ['json']] : [['list']],
});
