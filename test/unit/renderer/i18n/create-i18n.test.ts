import { describe, expect, it } from 'vitest';
import { ENGLISH, loadCatalogue } from '../../../../renderer/i18n/catalogues.ts';
import { createI18n, nameOfLanguage } from '../../../../renderer/i18n/create-i18n.ts';

const lithuanian = await loadCatalogue('lt');
const en = createI18n('en', ENGLISH);
const lt = createI18n('lt', lithuanian.messages);

describe('loadCatalogue', () => {
  it('falls back to English for a language without messages, also one named like a method', async () => {
    for (const tag of ['xx', 'constructor', 'toString']) {
      expect(await loadCatalogue(tag)).toEqual({ language: 'en', messages: ENGLISH });
    }
  });
});

describe('createI18n', () => {
  it('chooses the plural form the language asks for', () => {
    const idle = (seconds: number): string => lt.t('idle.text.forgets', { seconds });
    expect(idle(1)).toContain('1 sekundės.');
    expect(idle(3)).toContain('3 sekundžių.');
    expect(idle(21)).toContain('21 sekundės.');
    expect(lt.t('document.found', { count: 12 })).toBe('Rasta 12 šalių');
    expect(en.t('document.found', { count: 0 })).toBe('No country found');
  });

  it('names the document inside a sentence', () => {
    expect(lt.t('capture.CARD_BACK.title', { document: 'DRIVER_LICENSE' })).toBe(
      'Kita vairuotojo pažymėjimo pusė',
    );
    expect(en.t('capture.CARD_BACK.title', { document: 'OTHER' })).toBe('Back of your document');
  });

  it('refuses a message whose placeholder gets no value', () => {
    expect(() => en.t('idle.text.forgets')).toThrow('seconds');
  });

  it('names countries and documents in the language', () => {
    expect(lt.country('DE')).toBe('Vokietija');
    expect(en.country('LT')).toBe('Lithuania');
    expect(lt.document('PASSPORT')).toBe('Pasas');
  });

  it('gives sizes in kilobytes below one megabyte and in megabytes from there', () => {
    expect(en.bytes(0)).toBe('0 kB');
    expect(en.bytes(999_499)).toBe('999 kB');
    expect(en.bytes(1_000_000)).toBe('1 MB');
    expect(lt.bytes(3_456_789)).toMatch(/^3,5\sMB$/);
  });

  it('knows which way the language is written', () => {
    expect(en.direction).toBe('ltr');
    expect(createI18n('ar', ENGLISH).direction).toBe('rtl');
  });
});

describe('nameOfLanguage', () => {
  it('names a language in itself with a capital letter', () => {
    expect(nameOfLanguage('en')).toBe('English');
    expect(nameOfLanguage('lt')).toBe('Lietuvių');
  });
});
