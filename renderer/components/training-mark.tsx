/** Marks every screen of training mode beyond doubt: a striped band and a watermark. */
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';

/** Repetitions of the word in the watermark: enough for the tallest screen, the rest is cut off. */
const WATERMARK_WORDS = 40;

/** The striped band at the top of a training screen. */
export const TrainingBand = (): ReactNode => {
  const { t } = useI18n();
  return (
    <p className="training-band">
      <span>{t('training.band')}</span>
    </p>
  );
};

/** The word, faint and slanted, over the whole screen. Lets every touch through. */
export const TrainingWatermark = (): ReactNode => {
  const { t } = useI18n();
  return (
    <div className="training-watermark" aria-hidden="true">
      <p>{Array.from({ length: WATERMARK_WORDS }, () => t('training.word')).join(' ')}</p>
    </div>
  );
};
