/** Asks whether somebody is still there. Counts nothing itself: the flow says how long is left. */
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Modal } from './modal.tsx';

/** The idle warning. `secondsLeft`: until the customer's data is deleted. */
export const IdleDialog = ({
  secondsLeft,
  onContinue,
  onEnd,
}: {
  readonly secondsLeft: number;
  readonly onContinue: () => void;
  readonly onEnd: () => void;
}): ReactNode => {
  const { t } = useI18n();
  return (
    <Modal
      name="idle"
      title={t('idle.title')}
      onDismiss={onContinue}
      actions={
        <>
          <Button action="continue" look="primary" onClick={onContinue}>
            {t('idle.continue')}
          </Button>
          <Button action="end" onClick={onEnd}>
            {t('idle.end')}
          </Button>
        </>
      }
    >
      <p>{t('idle.text', { seconds: secondsLeft })}</p>
    </Modal>
  );
};
