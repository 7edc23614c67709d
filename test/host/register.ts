/** Resolves `electron` to the shim, for import and require alike. Must never touch another module. */
import { registerHooks } from 'node:module';

const SHIM_URL = new URL('shim/index.ts', import.meta.url).href;
const ELECTRON_MODULES = new Set(['electron', 'electron/main', 'electron/common']);

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    ELECTRON_MODULES.has(specifier)
      ? { url: SHIM_URL, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
});
