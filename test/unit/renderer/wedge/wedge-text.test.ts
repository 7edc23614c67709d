/** What the text of a reader means to a session. */
import { describe, expect, it } from 'vitest';
import { readWedgeText } from '../../../../renderer/wedge/wedge-text.ts';

/** Specimen of Doc 9303-4, appendix B, and of 9303-5 with invented data. */
const PASSPORT = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];
const CARD = [
  'IDLTUSPECIMEN0<<<<<<<<<<<<<<<<',
  '8001014F3001012LTU<<<<<<<<<<<4',
  'RASA<<ZIVILE<<<<<<<<<<<<<<<<<<',
];

describe('readWedgeText', () => {
  it('takes country and kind of a card from its zone, and nothing of its holder', () => {
    const reading = readWedgeText(CARD);
    expect(reading).toMatchObject({
      kind: 'document',
      facts: { country: 'LT', documentType: 'ID_CARD' },
    });
    expect(JSON.stringify(reading)).not.toMatch(/RASA|SPECIMEN|800101/);
  });

  it.each([
    ['with Enter between its lines', PASSPORT],
    ['in one piece', [PASSPORT.join('')]],
  ])('takes a passport %s', (_what, lines) => {
    expect(readWedgeText(lines)).toMatchObject({ facts: { documentType: 'PASSPORT' } });
  });

  it('takes a licence from its barcode', () => {
    const lines = ['@', '', 'ANSI 636001100001DL00310100DLDCGUSA', 'DBA01012031', 'DCSSPECIMEN'];
    expect(readWedgeText(lines)).toMatchObject({
      kind: 'document',
      facts: { documentType: 'DRIVER_LICENSE' },
    });
  });

  it('takes a text as whatever it can be, a token or a reference', () => {
    expect(readWedgeText(['SPECIMENTOKEN42'])).toEqual({
      kind: 'code',
      token: { authToken: 'SPECIMENTOKEN42' },
      reference: 'SPECIMENTOKEN42',
    });
    expect(readWedgeText(['not a token'])).toMatchObject({ token: null, reference: 'not a token' });
    expect(readWedgeText(['12345'])).toMatchObject({ token: null, reference: '12345' });
    expect(readWedgeText(['x'.repeat(100)])).toMatchObject({ reference: 'x'.repeat(100) });
  });

  it("takes a token and the bank's name for its customer from one code", () => {
    const code = { authToken: 'SPECIMENTOKEN42', scanRef: 'SPECIMEN-1', clientId: 'LT-4711' };
    expect(readWedgeText([JSON.stringify(code)])).toEqual({
      kind: 'code',
      token: code,
      reference: 'LT-4711',
    });
    expect(readWedgeText(['{"authToken":"SPECIMENTOKEN42"}'])).toEqual({
      kind: 'code',
      token: { authToken: 'SPECIMENTOKEN42' },
      reference: null,
    });
  });

  it.each([
    ['a zone with a line too many', [...CARD, ...CARD]],
    ['two lines of other text', ['SPECIMENTOKEN42', 'SPECIMENTOKEN43']],
    ['a text longer than any reference', ['x'.repeat(101)]],
    ['letters of another alphabet', ['Žymuo']],
    ['a hand-over without a token', ['{"clientId":"LT-4711"}']],
    ['a hand-over that says more than was agreed', ['{"authToken":"SPECIMENTOKEN42","name":"A"}']],
    ['a hand-over that is cut off', ['{"authToken":"SPECIMENTOKEN42"']],
    ['nothing', []],
  ])('makes nothing of %s', (_what, lines) => {
    expect(readWedgeText(lines)).toBeNull();
  });
});
