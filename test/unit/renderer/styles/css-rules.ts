/** Reads the style sheets of the renderer as rules: selectors, declarations, and at-rules around them. Must never need a browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const STYLES = join(import.meta.dirname, '../../../../renderer/styles');

interface CssRule {
  readonly sheet: string;
  readonly selector: string;
  /** The at-rules around it. */
  readonly within: string;
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

/** Of one sheet, with the at-rules around each. */
const rulesOf = (sheet: string): readonly CssRule[] => {
  const text = readFileSync(join(STYLES, sheet), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  const rules: CssRule[] = [];
  const open: string[] = [];
  let start = 0;
  for (const { 0: sign, index } of text.matchAll(/[{}]|;(?=\s*(?:@|$))/g)) {
    const part = text.slice(start, index).trim();
    start = index + 1;
    if (sign === '{') open.push(part);
    if (sign !== '}') continue;
    const selector = open.pop() ?? '';
    if (!selector.startsWith('@'))
      rules.push({ sheet, selector, within: open.join(' '), declarations: declarationsOf(part) });
  }
  return rules;
};

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
