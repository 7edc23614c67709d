import { QUALITY_LIMITS } from '../../../../preload/contract/quality-limits.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appStatus } from '../../../../preload/contract/app-channels.ts';
import { SHIPPED_LANGUAGES } from '../../../../preload/contract/languages.ts';
import { parsePolicy, type Policy } from '../../../../main/settings/policy.ts';

const defaults = (): Policy => {
  const parsed = parsePolicy({});
  if (!parsed.ok) throw new Error('the empty policy was refused');
  return parsed.value;
};

const INVALID = { ok: false, error: { code: 'POLICY_INVALID' } };

describe('policy', () => {
  it('is complete when it is empty', () => {
    expect(defaults()).toEqual({
      version: 1,
      quality: QUALITY_LIMITS,
      mode: 'self-service',
      endpoint: { origin: 'https://ivs.markid.eu' },
      tokens: { source: 'mint', expirySeconds: 3600 },
      customerReference: 'optional',
      documents: {
        countries: null,
        types: ['ID_CARD', 'PASSPORT', 'RESIDENCE_PERMIT', 'DRIVER_LICENSE', 'OTHER'],
        steps: {
          PASSPORT: { required: ['FRONT', 'FACE'], optional: [] },
          ID_CARD: { required: ['FRONT', 'BACK', 'FACE'], optional: [] },
          RESIDENCE_PERMIT: { required: ['FRONT', 'BACK', 'FACE'], optional: [] },
          DRIVER_LICENSE: { required: ['FRONT', 'BACK', 'FACE'], optional: [] },
          OTHER: { required: ['FRONT', 'FACE'], optional: ['BACK'] },
        },
      },
      languages: {
        offered: [...SHIPPED_LANGUAGES],
        preferred: 'en',
      },
      consent: { version: 'shipped-1', text: {} },
      camera: { pinnedLabel: null },
      idle: { warnAfterSeconds: 45, wipeAfterSeconds: 60 },
      outbox: { maxItems: 1000, minFreeMegabytes: 500, retentionDays: 30 },
      delivery: { itemsPerMinute: 30 },
      diagnostics: { eventRetentionDays: 365, exportFolder: null },
      scanner: {
        drivers: null,
        dropFolder: null,
        escl: { addresses: [], discovery: true },
        naps2: null,
      },
      brand: { name: 'Mark ID', logoFile: null, colours: null },
      onScreenKeyboard: 'auto',
      provisioningFile: null,
      training: 'when-unprovisioned',
    });
  });

  it('fits what the border tells a screen', () => {
    const { documents, languages, consent, camera } = defaults();
    const { shape } = appStatus;
    expect(
      shape.documents.parse({ countries: documents.countries, types: documents.types }),
    ).toBeTruthy();
    expect(shape.languages.parse(languages)).toBeTruthy();
    expect(shape.consent.parse(consent)).toBeTruthy();
    expect(shape.camera.parse({ remembered: null, ...camera })).toBeTruthy();
  });

  it('gives each reader a copy of its own', () => {
    defaults().documents.types.length = 0;
    defaults().documents.steps.ID_CARD.required.length = 0;
    expect(defaults().documents.types).toHaveLength(5);
    expect(defaults().documents.steps.ID_CARD.required).toHaveLength(3);
  });

  it('fills in what one section leaves out without touching the others', () => {
    const parsed = parsePolicy({
      idle: { wipeAfterSeconds: 120 },
      documents: { countries: ['LT', 'LV'], steps: { PASSPORT: { optional: ['UTILITY_BILL'] } } },
    });
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        idle: { warnAfterSeconds: 45, wipeAfterSeconds: 120 },
        documents: {
          countries: ['LT', 'LV'],
          steps: { PASSPORT: { required: ['FRONT', 'FACE'], optional: ['UTILITY_BILL'] } },
        },
      },
    });
  });

  it('prefers the first language it offers when it does not say', () => {
    expect(parsePolicy({ languages: { offered: ['lt'] } })).toMatchObject({
      value: { languages: { offered: ['lt'], preferred: 'lt' } },
    });
  });

  it('keeps the version of a consent text of the bank', () => {
    const consent = { version: '2026-03', text: { lt: 'Sutinku.' } };
    expect(parsePolicy({ consent })).toMatchObject({ value: { consent } });
  });

  it.each([
    ['https://ivs.markid.eu'],
    ['https://127.0.0.1:8443'],
    ['https://[::1]:8443'],
    ['https://sandbox.markid.example:444'],
  ])('takes the origin %s', (origin) => {
    expect(parsePolicy({ endpoint: { origin } })).toMatchObject({
      value: { endpoint: { origin } },
    });
  });

  it.each([
    ['http://ivs.markid.eu'],
    ['https://ivs.markid.eu/'],
    ['https://ivs.markid.eu/api'],
    ['https://user@ivs.markid.eu'],
    ['https://user:word@ivs.markid.eu'],
    ['https://ivs.markid.eu?x'],
    ['https://ivs.markid.eu#x'],
    ['https://ivs.markid.eu:443'],
    ['https://IVS.markid.eu'],
    ['https://ivs.markid.eu '],
    ['HTTPS://ivs.markid.eu'],
    ['ftp://ivs.markid.eu'],
    ['file:///etc/passwd'],
    ['ivs.markid.eu'],
    [''],
    [`https://${'a.'.repeat(200)}eu`],
    [null],
  ])('SEC-25: refuses the origin %j', (origin) => {
    expect(parsePolicy({ endpoint: { origin } })).toEqual(INVALID);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['a text', 'policy'],
    ['an unknown key', { modes: 'teller' }],
    ['an unknown key in a section', { idle: { warnAfter: 3 } }],
    ['a key named __proto__', JSON.parse('{"__proto__":{"mode":"teller"}}')],
    ['a key named constructor', { constructor: {} }],
    ['another version', { version: 2 }],
    ['an unknown mode', { mode: 'kiosk' }],
    ['an unknown token source', { tokens: { source: 'none' } }],
    ['a token life beyond the vendor’s', { tokens: { expirySeconds: 2_592_001 } }],
    ['a token life of seconds', { tokens: { expirySeconds: 59 } }],
    ['a token life that is no whole number', { tokens: { expirySeconds: 3600.5 } }],
    ['a relative certificate file', { endpoint: { extraCaFile: 'ca.pem' } }],
    ['no countries at all', { documents: { countries: [] } }],
    ['a code no country has', { documents: { countries: ['LT', 'UK'] } }],
    ['a country in lower case', { documents: { countries: ['lt'] } }],
    ['a country twice', { documents: { countries: ['LT', 'LT'] } }],
    ['no document types', { documents: { types: [] } }],
    ['an unknown document type', { documents: { types: ['VISA'] } }],
    ['a document without pictures', { documents: { steps: { OTHER: { required: [] } } } }],
    ['an unknown step', { documents: { steps: { OTHER: { required: ['SIDE'] } } } }],
    ['a step twice', { documents: { steps: { OTHER: { required: ['FRONT', 'FRONT'] } } } }],
    [
      'a step both required and optional',
      { documents: { steps: { PASSPORT: { required: ['FRONT', 'FACE'], optional: ['FACE'] } } } },
    ],
    ['steps of an unknown document', { documents: { steps: { VISA: {} } } }],
    ['a language that is not shipped', { languages: { offered: ['en', 'xx'] } }],
    ['no languages', { languages: { offered: [] } }],
    ['a preferred language not offered', { languages: { offered: ['lt'], preferred: 'en' } }],
    ['a consent text in an unknown language', { consent: { version: '1', text: { xx: 'a' } } }],
    ['a consent text without a version', { consent: { text: { en: 'I agree.' } } }],
    ['an empty consent text', { consent: { version: '1', text: { en: '' } } }],
    ['a consent text without end', { consent: { version: '1', text: { en: 'a'.repeat(20_001) } } }],
    ['an empty camera label', { camera: { pinnedLabel: '' } }],
    ['a warning after the wipe', { idle: { warnAfterSeconds: 61 } }],
    ['a warning with the wipe', { idle: { warnAfterSeconds: 60 } }],
    ['a wipe that never comes', { idle: { wipeAfterSeconds: 901 } }],
    ['an endless time', { idle: { wipeAfterSeconds: Number.POSITIVE_INFINITY } }],
    ['an outbox for nobody', { outbox: { maxItems: 0 } }],
    ['an outbox without end', { outbox: { maxItems: 50_001 } }],
    ['an outbox that fills the disk', { outbox: { minFreeMegabytes: 99 } }],
    ['a retention that one wrong clock ends', { outbox: { retentionDays: 13 } }],
    ['a retention of years', { outbox: { retentionDays: 366 } }],
    ['a delivery that stands still', { delivery: { itemsPerMinute: 0 } }],
    ['a delivery faster than the account allows', { delivery: { itemsPerMinute: 61 } }],
    ['an empty bank name', { brand: { name: '' } }],
    ['a bank name too long for a screen', { brand: { name: 'b'.repeat(81) } }],
    ['an unknown training rule', { training: 'always' }],
  ])('SEC-32: refuses %s', (_name, value) => {
    expect(parsePolicy(value)).toEqual(INVALID);
  });

  it('SEC-32: never throws on anything, and never echoes what it refused', () => {
    const section = fc.constantFrom(...Object.keys(defaults()));
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(section, fc.string()), fc.jsonValue({ maxDepth: 3 })),
        (value) => {
          const parsed = parsePolicy(value);
          expect(parsed.ok ? INVALID : parsed).toEqual(INVALID);
        },
      ),
      { numRuns: 1000, seed: 32 },
    );
  });

  it('SEC-32: refuses each section as soon as it has one key too many', () => {
    const sections = Object.entries(defaults()).filter(
      ([, value]) => typeof value === 'object' && value !== null,
    );
    const known = new Set(sections.flatMap(([name, value]) => [name, ...Object.keys(value ?? {})]));
    const unknownKey = fc.string({ minLength: 1 }).filter((key) => {
      // `__proto__` in a literal sets the prototype: no key. The table above has it as a key.
      return !known.has(key) && key !== '__proto__' && key !== 'extraCaFile';
    });
    fc.assert(
      fc.property(fc.constantFrom(...sections), unknownKey, ([name, section], key) => {
        expect(parsePolicy({ [name]: { ...Object(section), [key]: 'planted' } })).toEqual(INVALID);
        expect(parsePolicy({ [key]: 'planted' })).toEqual(INVALID);
      }),
      { numRuns: 500, seed: 33 },
    );
  });
});
