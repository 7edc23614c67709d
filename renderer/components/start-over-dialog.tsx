/** Asks before a customer's pictures are thrown away. */
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Modal } from './modal.tsx';

/** The question before starting over. `isKept`: what Mark ID refused stays with the bank. */
export const StartOverDialog = ({
  isKept,
  onConfirm,
  onCancel,
}: {
  readonly isKept: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}): ReactNode => {
  const { t } = useI18n();
  const title = t('startOver.title');
  const text = t(isKept ? 'startOver.textKept' : 'startOver.text');
  return (
    <Modal
      name="start-over"
      title={title}
      spoken={[title, text]}
      onDismiss={onCancel}
      actions={
        <>
          <Button action="continue" look="primary" onClick={onCancel}>
            {t('startOver.cancel')}
          </Button>
          <Button action="end" look="danger" onClick={onConfirm}>
            {t(isKept ? 'startOver.confirmKept' : 'startOver.confirm')}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Modal>
  );
};
