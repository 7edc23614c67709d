/** Unit, contract and security tests: everything that needs no window. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/{unit,contract,fault,device,security,conformance}/**/*.test.{ts,tsx}'],
    /** Two cores: more workers only fight. */
    maxWorkers: 2,
    sequence: { shuffle: true },
    testTimeout: 20_000,
    restoreMocks: true,
    /** Outside Electron its own import of electron would start a download: tests put a fake there. */
    server: { deps: { inline: ['electron-store'] } },
  },
});
