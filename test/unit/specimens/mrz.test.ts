/** MRZ lines against the examples ICAO publishes in Doc 9303. */
import { describe, expect, it } from 'vitest';
import { checkDigit, mrvA, mrvB, td1, td2, td3, type MrzFields } from '../../specimens/mrz.ts';

const ERIKSSON: MrzFields = {
  documentCode: 'I',
  issuer: 'UTO',
  nationality: 'UTO',
  documentNumber: 'D23145890',
  surname: 'Eriksson',
  givenNames: 'Anna Maria',
  birthDate: '1974-08-12',
  sex: 'F',
  expiryDate: '2012-04-15',
};

describe('check digits', () => {
  it('weighs 7-3-1 as in the worked examples of Doc 9303-3', () => {
    expect(checkDigit('520727')).toBe('3');
    expect(checkDigit('AB2134<<<')).toBe('5');
    expect(checkDigit('HA672242<658022549601086<<<<<<<<<<<<<<0')).toBe('8');
  });

  it('refuses what no MRZ may hold', () => {
    expect(() => checkDigit('AB*')).toThrow(RangeError);
  });
});

describe('lines', () => {
  it('writes the passport of Doc 9303-4, appendix B', () => {
    const fields = {
      ...ERIKSSON,
      documentCode: 'P',
      documentNumber: 'L898902C3',
      optionalData: 'ZE184226B',
    };
    expect(td3(fields)).toEqual([
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
    ]);
  });

  it('writes the TD1 card of Doc 9303-5', () => {
    expect(td1(ERIKSSON)).toEqual([
      'I<UTOD231458907<<<<<<<<<<<<<<<',
      '7408122F1204159UTO<<<<<<<<<<<6',
      'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
    ]);
  });

  it('carries a document number of more than nine characters into the optional data', () => {
    const fields = {
      ...ERIKSSON,
      documentNumber: 'D23145890734',
      surname: 'Stevenson',
      givenNames: 'Peter John',
      birthDate: '1934-07-12',
      sex: 'M',
      expiryDate: '1995-07-12',
    } as const;
    expect(td1(fields)).toEqual([
      'I<UTOD23145890<7349<<<<<<<<<<<',
      '3407127M9507122UTO<<<<<<<<<<<2',
      'STEVENSON<<PETER<JOHN<<<<<<<<<',
    ]);
  });

  it('writes the TD2 card of Doc 9303-6', () => {
    expect(td2(ERIKSSON)).toEqual([
      'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<',
      'D231458907UTO7408122F1204159<<<<<<<6',
    ]);
  });

  it('writes the visas of Doc 9303-7, which have no composite check digit', () => {
    const fields = {
      ...ERIKSSON,
      documentCode: 'V',
      documentNumber: 'L8988901C',
      nationality: 'XXX',
      birthDate: '1940-09-07',
      expiryDate: '1996-12-10',
    };
    expect(mrvA({ ...fields, optionalData: '6ZE184226B' })).toEqual([
      'V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
      'L8988901C4XXX4009078F96121096ZE184226B<<<<<<',
    ]);
    expect(mrvB(fields)).toEqual([
      'V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<',
      'L8988901C4XXX4009078F9612109<<<<<<<<',
    ]);
  });

  it('writes sex X as filler', () => {
    expect(td1({ ...ERIKSSON, sex: 'X' })[1].charAt(7)).toBe('<');
  });

  it('refuses a field that does not fit and a date that is none', () => {
    expect(() => td3({ ...ERIKSSON, documentNumber: 'TOOLONG1234' })).toThrow(RangeError);
    expect(() => td3({ ...ERIKSSON, birthDate: '12.08.1974' })).toThrow(RangeError);
  });
});
