/**
 * What index.html brings along, so that its first paint waits for no other file: the first scene
 * and the renderer's one style sheet. The policy of the page allows that sheet by its hash, which
 * the build leaves beside the renderer (main/shell/style-hash.ts).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Plugin } from 'vite';
import { FirstScene } from '../renderer/first-scene.tsx';

const ROOT = '<div id="root"></div>';
const LINK = /[ \t]*<link rel="stylesheet"[^>]*>\n/g;

/** Replaces what must be there exactly once; throws when it is not. */
const replaceOne = (html: string, part: string | RegExp, replacement: string): string => {
  const parts = html.split(part);
  if (parts.length !== 2) throw new Error(`index.html must hold ${String(part)} once`);
  return parts.join(replacement);
};

/** The only style sheet of a bundle, taken out of it. Throws when there is none or another. */
const takeStyleSheet = (bundle: NonNullable<IndexHtml['bundle']>): string => {
  const names = Object.keys(bundle).filter((name) => name.endsWith('.css'));
  const sheet = bundle[names[0] ?? ''];
  if (names.length !== 1 || sheet?.type !== 'asset')
    throw new Error('the renderer must have one style sheet: import yours in styles/index.css');
  delete bundle[sheet.fileName];
  const text = Buffer.from(sheet.source).toString('utf8').trim();
  if (/<\/style/i.test(text)) throw new Error('the style sheet would end its own element');
  return text;
};

type IndexHtml = Parameters<
  Extract<NonNullable<Plugin['transformIndexHtml']>, (...args: never[]) => unknown>
>[1];

/** @param hashFile where `{"sha256": "<base64 of the style element's text>"}` goes */
export const completeIndexHtml = (hashFile: string): Plugin => ({
  name: 'complete-index-html',
  // The root of app://kiosk: a URL of the sheet means the same wherever the sheet stands. Said here,
  // because electron-vite sets its own base over that of its configuration.
  config: () => ({ base: '/' }),
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle }) => {
      if (bundle === undefined) throw new Error('index.html is complete in a build only');
      const styles = takeStyleSheet(bundle);
      mkdirSync(dirname(hashFile), { recursive: true });
      const sha256 = createHash('sha256').update(styles).digest('base64');
      writeFileSync(hashFile, `${JSON.stringify({ sha256 })}\n`);
      const styled = replaceOne(html, LINK, `    <style>${styles}</style>\n`);
      const scene = renderToStaticMarkup(createElement(FirstScene));
      return replaceOne(styled, ROOT, `<div id="root">${scene}</div>`);
    },
  },
});
