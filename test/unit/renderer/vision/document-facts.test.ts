/** What documents say about themselves, from text as readers give it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { COUNTRY_CODES } from '../../../../preload/contract/countries.ts';
import { warningsFor } from '../../../../renderer/flow/document-doubt.ts';
import { licenceFacts, mrzFacts } from '../../../../renderer/vision/document-facts.ts';
import type { MrzFormat } from '../../../../renderer/vision/mrz/formats.ts';
import { COUNTRY_OF_STATE } from '../../../../renderer/vision/mrz/states.ts';
import { aamvaText } from '../../../specimens/aamva.ts';
import { type MrzFields, mrvA, td1, td2, td3 } from '../../../specimens/mrz.ts';

const FIELDS: MrzFields = {
  documentCode: 'P',
  issuer: 'LTU',
  nationality: 'LTU',
  documentNumber: 'XX0000001',
  surname: 'Pavyzdys',
  givenNames: 'Jonas',
  birthDate: '1990-02-28',
  sex: 'M',
  expiryDate: '2031-05-04',
};

const reading = (format: MrzFormat, lines: readonly string[]) => ({
  format,
  lines,
  areCheckDigitsRight: true,
  meanLikelihood: 0,
  quarterTurns: 0 as const,
  seen: [],
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('facts of an MRZ', () => {
  it('a passport names its country and last day', () => {
    expect(mrzFacts(reading('TD3', td3(FIELDS)))).toEqual({
      documentType: 'PASSPORT',
      country: 'LT',
      expiresOn: '2031-05-04',
      areCheckDigitsRight: true,
    });
  });

  it.each([
    ['I', 'ID_CARD'],
    ['ID', 'ID_CARD'],
    ['AR', 'RESIDENCE_PERMIT'],
    ['IR', 'RESIDENCE_PERMIT'],
  ] as const)('a card of code %s is %s', (documentCode, documentType) => {
    const card = { ...FIELDS, documentCode };
    expect(mrzFacts(reading('TD1', td1(card))).documentType).toBe(documentType);
    expect(mrzFacts(reading('TD2', td2(card))).documentType).toBe(documentType);
  });

  it('the French card of 1995 is a card that does not say when it expires', () => {
    const lines = ['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', '8806923102858CORINNE<<<<<<<6512068F6'];
    expect(mrzFacts(reading('ID-FR', lines))).toEqual({
      documentType: 'ID_CARD',
      country: 'FR',
      expiresOn: null,
      areCheckDigitsRight: true,
    });
  });

  it('tells a zone whose check digits do not fit', () => {
    const [first, second] = td3(FIELDS);
    const wrong = [first, `${second.slice(0, -1)}${second.endsWith('1') ? '2' : '1'}`];
    expect(mrzFacts(reading('TD3', wrong)).areCheckDigitsRight).toBe(false);
  });

  it('a visa is neither passport nor card', () => {
    const lines = mrvA({ ...FIELDS, documentCode: 'V' });
    expect(mrzFacts(reading('MRV-A', lines)).documentType).toBe('OTHER');
  });

  it.each([
    ['D', 'DE'],
    ['GBN', 'GB'],
    ['RKS', 'XK'],
    ['UTO', null],
    ['XXA', null],
  ])('the issuer %s is the country %s', (issuer, country) => {
    expect(mrzFacts(reading('TD3', td3({ ...FIELDS, issuer }))).country).toBe(country);
  });

  it('a day that no calendar has is no expiry', () => {
    const [first, second] = td3(FIELDS);
    const lines = [first, second.replace('310504', '310231')];
    expect(mrzFacts(reading('TD3', lines)).expiresOn).toBeNull();
  });

  it('states cover exactly the countries that can be chosen', () => {
    expect([...new Set(COUNTRY_OF_STATE.values())].toSorted()).toEqual(
      [...COUNTRY_CODES].toSorted(),
    );
  });
});

describe('facts of a PDF417', () => {
  const text = aamvaText({
    surname: 'Sample',
    givenNames: 'Jane',
    birthDate: '1988-01-02',
    issueDate: '2022-03-04',
    expiryDate: '2030-03-04',
    sex: 'F',
    heightCm: 170,
    street: '1 Main Street',
    city: 'Anytown',
    postcode: '12345',
    licenceNumber: 'X1234567',
    vehicleClass: 'D',
    country: 'USA',
    discriminator: 'D1',
  });

  it('a licence names its country and last day', () => {
    expect(licenceFacts(text)).toEqual({
      documentType: 'DRIVER_LICENSE',
      country: 'US',
      expiresOn: '2030-03-04',
      areCheckDigitsRight: null,
    });
  });

  it.each(['Asia/Tokyo', 'America/Los_Angeles'])('the last day is the same in %s', (zone) => {
    vi.stubEnv('TZ', zone);
    expect(licenceFacts(text)?.expiresOn).toBe('2030-03-04');
  });

  it('a boarding pass is no licence', () => {
    expect(licenceFacts('M1SAMPLE/JANE EABC123 VNORIGLO 1234')).toBeNull();
  });
});

describe('warnings', () => {
  const facts = {
    documentType: 'PASSPORT',
    country: 'LT',
    expiresOn: '2031-05-04',
    areCheckDigitsRight: null,
  } as const;
  const choice = { documentType: 'PASSPORT', country: 'LT' } as const;

  it('there are none where all fits, on the last day too', () => {
    expect(warningsFor(facts, choice, '2031-05-04')).toEqual([]);
  });

  it('another country, another kind and a day past are each told', () => {
    const other = { documentType: 'ID_CARD', country: 'LV' } as const;
    expect(warningsFor(facts, other, '2031-05-05')).toEqual([
      'COUNTRY_DIFFERS',
      'DOCUMENT_TYPE_DIFFERS',
      'EXPIRED',
    ]);
  });

  it('what a document does not say is no difference', () => {
    const silent = {
      documentType: null,
      country: null,
      expiresOn: null,
      areCheckDigitsRight: null,
    };
    expect(warningsFor(silent, choice, '2031-05-05')).toEqual([]);
  });
});
