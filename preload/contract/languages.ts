/** The languages the kiosk speaks: exactly those with a catalogue in renderer/i18n/messages. */

/** BCP 47 tags without region. The first one stands in wherever nothing else was chosen. */
export const SHIPPED_LANGUAGES = [
  'en',
  'lt',
  'lv',
  'et',
  'pl',
  'ru',
  'uk',
  'de',
  'fr',
  'es',
  'ro',
  'ar',
] as const;
export type ShippedLanguage = (typeof SHIPPED_LANGUAGES)[number];
