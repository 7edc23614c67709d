/** What was measured on a picture, in a line for staff. A sign and its word go with every doubt. */
import type { ReactNode } from 'react';
import type { PictureQuality } from '../flow/picture-quality.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Icon } from './icon.tsx';

/** Nothing where nothing was measured. */
export const QualityFacts = ({
  quality: { facts, areCheckDigitsRight },
}: {
  readonly quality: PictureQuality;
}): ReactNode => {
  const { t } = useI18n();
  const lines = [
    ...facts.map(({ name, value, isGood }) => ({
      name,
      isGood,
      words: t(`quality.${name}`, { value }),
    })),
    ...(areCheckDigitsRight === null
      ? []
      : [
          {
            name: 'checkDigits',
            isGood: areCheckDigitsRight,
            words: t(areCheckDigitsRight ? 'quality.digitsRight' : 'quality.digitsWrong'),
          },
        ]),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className="quality" aria-label={t('quality.title')}>
      {lines.map(({ name, isGood, words }) => (
        <li key={name} data-quality={name} data-good={isGood}>
          <Icon name={isGood ? 'check' : 'alert'} />
          {words}
        </li>
      ))}
    </ul>
  );
};
