/**
 * What a reader's text means: a document, or a token the bank hands over. Must never keep or hand on
 * anything else of it: names and numbers end here.
 */
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import { isToken } from '../components/token-fields.tsx';
import { licenceFacts, mrzFacts, type DocumentFacts } from '../vision/document-facts.ts';
import type { MrzFormat } from '../vision/mrz/formats.ts';

export type WedgeReading =
  | { readonly kind: 'document'; readonly facts: DocumentFacts }
  | { readonly kind: 'token'; readonly token: HandedToken };

/** Lines of a zone (Doc 9303 parts 4 to 7); some readers send them without Enter between. */
const LINES: readonly (readonly [count: number, length: number])[] = [
  [3, 30],
  [2, 36],
  [2, 44],
];

const zoneLines = (lines: readonly string[]): readonly string[] | null => {
  const text = lines.join('');
  if (!/^[A-Z0-9<]+$/.test(text)) return null;
  for (const [count, length] of LINES) {
    if (text.length !== count * length) continue;
    return Array.from({ length: count }, (_none, line) =>
      text.slice(line * length, (line + 1) * length),
    );
  }
  return null;
};

const formatOf = (lines: readonly string[]): MrzFormat => {
  const [first = ''] = lines;
  const isVisa = first.startsWith('V');
  if (first.length === 30) return 'TD1';
  if (first.length === 44) return isVisa ? 'MRV-A' : 'TD3';
  if (first.startsWith('IDFRA')) return 'ID-FR';
  return isVisa ? 'MRV-B' : 'TD2';
};

/** Null for a text that means nothing here. */
export const readWedgeText = (lines: readonly string[]): WedgeReading | null => {
  const kept = lines.filter((line) => line !== '').map((line) => line.trim());
  const zone = zoneLines(kept);
  if (zone !== null)
    return { kind: 'document', facts: mrzFacts({ format: formatOf(zone), lines: zone }) };
  const licence = licenceFacts(kept.join('\n'));
  if (licence !== null) return { kind: 'document', facts: licence };
  const [token] = kept;
  return kept.length === 1 && token !== undefined && isToken(token)
    ? { kind: 'token', token: { authToken: token } }
    : null;
};
