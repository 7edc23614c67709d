/** Specs that need a window. The runtime behind them is chosen by test/e2e/support/launch.ts. */
import { join } from 'node:path';
import { defineConfig } from 'playwright/test';

const root = join(import.meta.dirname, '..');
/** Set by test/run.ts, and read by Playwright's JSON reporter itself. */
const hasJsonReport = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] !== undefined;

export default defineConfig({
  testDir: '.',
  testMatch: '{e2e,security,a11y}/**/*.spec.ts',
  outputDir: join(root, 'out', 'playwright'),
  /**
   * Two cores: while one spec waits for a window, another takes its time. Of clips that others made the
   * seconds are counted until the picture: then nothing else runs.
   */
  workers: process.env['KIOSK_CLIPS'] === undefined ? 3 : 1,
  /** A spec that passes only sometimes has failed. */
  retries: 0,
  /** No spec is timed: on a busy machine each takes many times its seconds. */
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: hasJsonReport ? [['list'], ['json']] : [['list']],
});
