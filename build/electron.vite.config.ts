/**
 * Bundles the three processes into out/app: main as ESM, preload as one CommonJS file (a sandboxed
 * preload can be nothing else), renderer with every asset but its style sheet as a file of
 * its own, because the content security policy allows neither inline scripts nor data: URLs.
 */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { completeIndexHtml } from './index-html.ts';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  main: {
    build: {
      outDir: at('out/app/main'),
      target: 'node24',
      minify: false,
      rolldownOptions: { input: { index: at('main/index.ts') }, output: { format: 'es' } },
    },
  },
  preload: {
    build: {
      outDir: at('out/app/preload'),
      minify: true,
      rolldownOptions: {
        input: { bridge: at('preload/bridge.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react(), completeIndexHtml(at('out/app/style-hash.json'))],
    worker: { format: 'es' },
    build: {
      outDir: at('out/app/renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
});
