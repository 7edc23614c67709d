/** Reads the style sheets of the renderer as rules: selectors and declarations. Must never need a browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const STYLES = join(import.meta.dirname, '../../../../renderer/styles');

interface CssRule {
  readonly sheet: string;
  readonly selector: string;
  readonly declarations: ReadonlyMap<string, string>;
}

const declarationsOf = (body: string): ReadonlyMap<string, string> =>
  new Map(
    body
      .split(';')
      .map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
      })
      .filter(([name]) => name !== ''),
  );

/** Of one sheet; what an at-rule holds is a rule like any other. */
const rulesOf = (sheet: string): readonly CssRule[] =>
  [
    ...readFileSync(join(STYLES, sheet), 'utf8')
      .replaceAll(/\/\*.*?\*\//gs, '')
      .matchAll(/([^{};]+)\{([^{}]*)\}/g),
  ].map(([, selector = '', body = '']) => ({
    sheet,
    selector: selector.trim(),
    declarations: declarationsOf(body),
  }));

/** Every rule of every own sheet. */
export const CSS_RULES: readonly CssRule[] = readdirSync(STYLES)
  .filter((name) => name.endsWith('.css'))
  .flatMap(rulesOf);

/** The tokens of one selector of tokens.css, with what they fall back to. */
export const tokensOf = (
  selector: string,
  fallback: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> =>
  new Map([
    ...fallback,
    ...CSS_RULES.filter((rule) => rule.sheet === 'tokens.css' && rule.selector === selector)
      .slice(0, 1)
      .flatMap(({ declarations }) => [...declarations]),
  ]);
