/** Asks before the application ends, and says what becomes of what waits to be sent. */
import type { ReactNode } from 'react';
import type { LeavingWay } from '../../preload/contract/event-words.ts';
import { Button } from '../components/button.tsx';
import { Modal } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { useI18n } from '../i18n/i18n.tsx';

/** The question. `isSending`: a submission is on its way right now. */
export const LeaveKioskDialog = ({
  way,
  isSending,
  onConfirm,
  onCancel,
}: {
  readonly way: LeavingWay;
  readonly isSending: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}): ReactNode => {
  const { t } = useI18n();
  const title = t(`leave.title.${way}`);
  const text = t(`leave.text.${way}`);
  return (
    <Modal
      name="leave-kiosk"
      title={title}
      spoken={[title, text, ...(isSending ? [t('leave.sending')] : [])]}
      onDismiss={onCancel}
      actions={
        <>
          <Button action="keep" look="primary" onClick={onCancel}>
            {t('leave.keep')}
          </Button>
          <Button action="confirm" look="danger" onClick={onConfirm}>
            {t(`leave.confirm.${way}`)}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {isSending && (
        <Notice tone="warning">
          <p>{t('leave.sending')}</p>
        </Notice>
      )}
    </Modal>
  );
};
