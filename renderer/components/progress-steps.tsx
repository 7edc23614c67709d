/** Shows how far a customer has come: dots for the eye, a sentence for everybody. */
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';

/** Where a visit stands. `index` counts from 1 to `total`. */
export interface Progress {
  readonly index: number;
  readonly total: number;
}

/** One dot per step; done, current and coming steps differ in form as well as colour. */
export const ProgressSteps = ({ index, total }: Progress): ReactNode => {
  const { t } = useI18n();
  return (
    <div className="progress-steps">
      <p>{t('frame.progress', { index, total })}</p>
      <ol aria-hidden="true">
        {Array.from({ length: total }, (_, position) => position + 1).map((step) => (
          <li
            key={step}
            data-state={step < index ? 'done' : step === index ? 'current' : 'coming'}
          />
        ))}
      </ol>
    </div>
  );
};
