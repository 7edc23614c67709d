import { describe, expect, it } from 'vitest';
import { ENGLISH, loadCatalogue } from '../../../../renderer/i18n/catalogues.ts';
import { createI18n, nameOfLanguage } from '../../../../renderer/i18n/create-i18n.ts';

const lithuanian = await loadCatalogue('lt');
const en = createI18n('en', ENGLISH);
const lt = createI18n('lt', lithuanian.messages);
const arabic = await loadCatalogue('ar');
const ar = createI18n('ar', arabic.messages);

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
    expect(ar.direction).toBe('rtl');
  });

  it('keeps a number or name in one piece within words that run from right to left', () => {
    const reference = '0A1B-77C0';
    expect(ar.t('itemAction.resend.title', { reference })).toBe(
      `إعادة إرسال \u2068${reference}\u2069؟`,
    );
    expect(en.t('itemAction.resend.title', { reference })).toBe(`Send ${reference} again?`);
    expect(ar.t('capture.CARD_BACK.title', { document: 'OTHER' })).toBe('الوجه الخلفي لوثيقتك');
  });

  it('writes Latin digits in every language, as documents and receipts do', () => {
    const persian = createI18n('fa', ENGLISH);
    const shown = [ar, persian].flatMap(({ t, bytes, dateTime, dayTime, time }) => [
      t('frame.progress', { index: 2, total: 5 }),
      t('receipt.countdown', { seconds: 14 }),
      bytes(3_456_789),
      ...[dateTime, dayTime, time].map((say) => say(Date.UTC(2026, 10, 26, 9, 5))),
    ]);
    for (const text of shown) {
      expect(text).toMatch(/\d/);
      expect(text).not.toMatch(/(?!\d)\p{Nd}/u);
    }
  });
});

describe('nameOfLanguage', () => {
  it('names a language in itself with a capital letter', () => {
    expect(nameOfLanguage('en')).toBe('English');
    expect(nameOfLanguage('lt')).toBe('Lietuvių');
  });
});
