/** Shows that the pictures are being saved. Offers nothing to press: nothing may interrupt. */
import type { ReactNode } from 'react';
import { DeliveryStages } from '../components/delivery-stages.tsx';
import { Screen } from '../components/screen.tsx';
import { BoxArt } from '../components/state-art.tsx';
import { useI18n } from '../i18n/i18n.tsx';

/** Stands for less than a second, unless the disk is slow. */
export const SubmittingScreen = (): ReactNode => {
  const { t } = useI18n();
  return (
    <Screen
      name="submitting"
      title={t('submitting.title')}
      lead={t('submitting.lead')}
      art={<BoxArt isSafe={false} />}
    >
      <DeliveryStages stage="saving" />
    </Screen>
  );
};
