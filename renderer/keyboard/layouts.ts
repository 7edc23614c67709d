/** Which letters stand where. Three rows beneath the digits: what does not fit a screen of 1080 px is not there. */

/** Rows of lower-case letters, from the top. */
type Letters = readonly [string, string, string];

export interface Layout {
  readonly letters: Letters;
  /** Latin letters to switch to, where the language has others: tokens are made of them. */
  readonly latin: Letters | null;
}

export const DIGITS = '1234567890';
export const SYMBOLS: Letters = ['@#&*+=/\\|~', '-_.,:;!?"\'', '()[]{}<>%$^`'];

const QWERTY: Letters = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** The letters of a language at the ends of the common rows. */
const qwertyWith = (first: string, second = '', third = ''): Layout => ({
  letters: [QWERTY[0] + first, QWERTY[1] + second, QWERTY[2] + third],
  latin: null,
});

/** By BCP 47 tag without region. Source: each language's usual keyboard and alphabet (CLDR exemplar characters). */
const LAYOUTS: Readonly<Record<string, Layout>> = {
  lt: qwertyWith('ąč', 'ęėį', 'šųūž'),
  lv: qwertyWith('āčē', 'ģīķļ', 'ņšūž'),
  et: qwertyWith('üõ', 'öä', 'šž'),
  pl: qwertyWith('ąćę', 'łńó', 'śźż'),
  ro: qwertyWith('ăâ', 'îș', 'ț'),
  es: qwertyWith('áé', 'ñí', 'óúü'),
  de: { letters: ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnmß'], latin: null },
  fr: { letters: ['azertyuiopéè', 'qsdfghjklmàâê', 'wxcvbnçëîïôûù'], latin: null },
  ru: { letters: ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбюё'], latin: QWERTY },
  uk: { letters: ['йцукенгшщзхї', 'фівапролджєґ', 'ячсмитьбю'], latin: QWERTY },
  ar: { letters: ['ضصثقفغعهخحجد', 'شسيبلاتنمكطذ', 'ئءؤرىةوزظأإآ'], latin: QWERTY },
};

/** The layout of a language; the Latin one for a language that has none of its own. */
export const layoutOf = (language: string): Layout => LAYOUTS[language] ?? qwertyWith('');
