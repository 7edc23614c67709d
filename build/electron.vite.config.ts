/**
 * Bundles the three processes into out/app: main as ESM, preload as one CommonJS file (a sandboxed
 * preload can be nothing else), renderer with every asset as a file of its own, because the
 * content security policy allows neither inline scripts nor data: URLs.
 */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { FirstScene } from '../renderer/first-scene.tsx';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Puts the first scene into index.html, so that it is painted before any script has run. */
const firstScene = {
  name: 'first-scene',
  transformIndexHtml: (html: string): string =>
    html.replace(
      '<div id="root"></div>',
      `<div id="root">${renderToStaticMarkup(createElement(FirstScene))}</div>`,
    ),
};

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
    base: './',
    plugins: [react(), firstScene],
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
