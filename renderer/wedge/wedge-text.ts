/**
 * What a reader's text means: a document, a token the bank hands over, or what the bank calls its
 * customer by. Must never keep or hand on anything else of it: names and numbers end here.
 */
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import { isToken } from '../components/token-fields.tsx';
import { isReference } from '../flow/customer-reference.ts';
import { licenceFacts, mrzFacts, type DocumentFacts } from '../vision/document-facts.ts';
import type { MrzFormat } from '../vision/mrz/formats.ts';

export type WedgeReading =
  | { readonly kind: 'document'; readonly facts: DocumentFacts }
  /** What it can be: the flow takes what it asks for. */
  | {
      readonly kind: 'code';
      readonly token: HandedToken | null;
      readonly reference: string | null;
    };

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

/** In Mark ID's own words. */
const HAND_OVER_FIELDS: ReadonlySet<string> = new Set(['authToken', 'scanRef', 'clientId']);

/** Of a reference to Mark ID's verification, as the contract takes it (handed-token.ts). */
const SCAN_REF_FORM = /^[\x21-\x7e]{1,64}$/;

/**
 * What a bank's system hands over in one code: JSON in Mark ID's own words for a token, `authToken`,
 * and where they are known `scanRef` and `clientId`, the bank's name for the customer.
 */
const readHandOver = (text: string): WedgeReading | null => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const fields = new Map<string, unknown>(Object.entries(value));
  if ([...fields.keys()].some((name) => !HAND_OVER_FIELDS.has(name))) return null;
  const [authToken, scanRef, clientId] = [...HAND_OVER_FIELDS].map((name) => fields.get(name));
  if (typeof authToken !== 'string' || !isToken(authToken)) return null;
  const token: { -readonly [Key in keyof HandedToken]: HandedToken[Key] } = { authToken };
  if (typeof scanRef === 'string' && SCAN_REF_FORM.test(scanRef)) token.scanRef = scanRef;
  const reference = typeof clientId === 'string' && isReference(clientId) ? clientId.trim() : null;
  if (reference !== null) token.clientId = reference;
  return { kind: 'code', token, reference };
};

/** Null for a text that means nothing here. */
export const readWedgeText = (lines: readonly string[]): WedgeReading | null => {
  const kept = lines.filter((line) => line !== '').map((line) => line.trim());
  const zone = zoneLines(kept);
  if (zone !== null)
    return { kind: 'document', facts: mrzFacts({ format: formatOf(zone), lines: zone }) };
  const licence = licenceFacts(kept.join('\n'));
  if (licence !== null) return { kind: 'document', facts: licence };
  const [text] = kept;
  if (kept.length !== 1 || text === undefined) return null;
  if (text.startsWith('{')) return readHandOver(text);
  const token = isToken(text) ? { authToken: text } : null;
  const reference = isReference(text) ? text : null;
  return token === null && reference === null ? null : { kind: 'code', token, reference };
};
