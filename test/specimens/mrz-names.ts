/**
 * Owns how a person's name is written in an MRZ: transliteration and truncation (ICAO Doc 9303-3 §4.6,
 * §6 table "Transliteration of multinational Latin-based characters"; Doc 9303-4 §4.2.3).
 * Never guesses: a letter outside Latin script is refused.
 */

/** Letters that do not simply lose their mark. The table's first recommendation where it has two. */
const LATIN: Readonly<Record<string, string>> = {
  Ä: 'AE',
  Å: 'AA',
  Æ: 'AE',
  Ð: 'D',
  Đ: 'D',
  Ħ: 'H',
  Ĳ: 'IJ',
  Ł: 'L',
  Ŋ: 'N',
  Ö: 'OE',
  Ø: 'OE',
  Œ: 'OE',
  ß: 'SS',
  ẞ: 'SS',
  Þ: 'TH',
  Ŧ: 'T',
  Ü: 'UE',
};

/** `text` in the MRZ's alphabet A–Z, 0–9, filler. Apostrophes vanish, hyphens and spaces become filler. */
export function mrzText(text: string): string {
  const plain = text
    .normalize('NFC')
    .toUpperCase()
    .replaceAll(/['’ʼ.]/g, '');
  return Array.from(plain, (character) => {
    const letter = LATIN[character] ?? character.normalize('NFD').replaceAll(/\p{M}/gu, '');
    const written = /^[\s,-]$/.test(letter) ? '<' : letter;
    if (!/^[A-Z0-9<]+$/.test(written)) throw new RangeError('Not a Latin letter.');
    return written;
  }).join('');
}

/**
 * The primary identifier in at most `width` characters: components become initials from the last one
 * on; the last one to be shortened keeps what fits into `wanted`.
 */
function shortenPrimary(parts: readonly string[], width: number, wanted: number): string {
  const short = [...parts];
  let shortened = 0;
  for (let index = parts.length - 1; index > 0 && short.join('<').length > width; index -= 1) {
    short[index] = short[index]?.charAt(0) ?? '';
    shortened = index;
  }
  const slack = Math.max(0, wanted - short.join('<').length);
  short[shortened] = (parts[shortened] ?? '').slice(0, (short[shortened]?.length ?? 0) + slack);
  return short.join('<').slice(0, width);
}

/**
 * Primary and secondary identifier, exactly `width` characters. A name that does not fit ends in a
 * letter, never in filler: that is how a reader knows it was cut (Doc 9303-4 §4.2.3).
 */
export function mrzNames(surname: string, givenNames: string, width: number): string {
  const primaryParts = mrzText(surname).split('<').filter(Boolean);
  const secondary = mrzText(givenNames).split('<').filter(Boolean).join('<');
  const primary = primaryParts.join('<');
  const whole = secondary === '' ? primary : `${primary}<<${secondary}`;
  if (whole.length <= width) return whole.padEnd(width, '<');
  if (secondary === '') return shortenPrimary(primaryParts, width, width);
  const wanted = width - 2 - secondary.length;
  const names = `${shortenPrimary(primaryParts, width - 3, wanted)}<<${secondary}`;
  const cut = names.slice(0, width);
  if (!cut.endsWith('<')) return cut;
  /** The cut fell on a separator: the longest part gives one letter up for the next initial. */
  const longest = cut.split('<').reduce((best, part) => (part.length > best.length ? part : best));
  return names.replace(longest, longest.slice(0, -1)).slice(0, width);
}
