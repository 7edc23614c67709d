/** The conformance suite's app: bundled like the product's main process, and driven from here. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import type { WireEnd, WireReport } from '../../conformance/wire-end.ts';
import { launchApp } from './launch.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'conformance', 'app', 'main.ts');

export interface WireApp {
  readonly end: WireEnd;
  close(): Promise<void>;
}

const bundle = async (appDir: string): Promise<void> => {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: ENTRY,
      outDir: appDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { external: ['electron'], output: { entryFileNames: 'main.mjs' } },
    },
  });
  const manifest = { name: 'wire-app', version: '1.0.0', type: 'module', main: 'main.mjs' };
  await writeFile(join(appDir, 'package.json'), JSON.stringify(manifest));
};

/** Bundles and starts the app; `args` are more of its command line. */
export const launchWireApp = async (args: readonly string[] = []): Promise<WireApp> => {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-wire-'));
  const appDir = join(folder, 'app');
  await bundle(appDir);
  const running = await launchApp({ appDir, userDataDir: join(folder, 'user-data'), args });
  return {
    end: {
      send: (id, request) =>
        running.app.evaluate<WireReport, [string, typeof request]>(
          (_electron, [id, request]) =>
            (globalThis as unknown as { readonly wireEnd: WireEnd }).wireEnd.send(id, request),
          [id, request],
        ),
      abort: (id) =>
        running.app.evaluate<void, string>(
          (_electron, id) =>
            (globalThis as unknown as { readonly wireEnd: WireEnd }).wireEnd.abort(id),
          id,
        ),
    },
    close: async () => {
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
