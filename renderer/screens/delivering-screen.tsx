/**
 * The submission is saved and on its way: how far it is, and the reference that already proves it.
 * Whoever is in a hurry leaves. Must never say that it has arrived.
 */
import type { ReactNode } from 'react';
import type { DeliveryProgress, SessionReceipt } from '../../preload/contract/session-channels.ts';
import { Button } from '../components/button.tsx';
import { DeliveryStages } from '../components/delivery-stages.tsx';
import { ReceiptCard } from '../components/receipt-card.tsx';
import { Screen } from '../components/screen.tsx';
import { BoxArt } from '../components/state-art.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface DeliveringScreenProps {
  readonly receipt: SessionReceipt;
  /** Null until the first word of the delivery. */
  readonly progress: DeliveryProgress | null;
  /** Staff goes on to the next customer. */
  readonly isStaffed: boolean;
  readonly onDone: () => void;
}

/** Progress in words and bytes, beside the reference. */
export const DeliveringScreen = ({
  receipt,
  progress,
  isStaffed,
  onDone,
}: DeliveringScreenProps): ReactNode => {
  const { t, bytes } = useI18n();
  const isCounted = progress !== null && progress.totalBytes > 0;
  return (
    <Screen
      name="delivering"
      title={t('delivering.title')}
      lead={t('delivering.lead')}
      art={<BoxArt isSafe />}
      data={{ 'data-stage': progress?.stage, 'data-reference': receipt.reference }}
      actions={
        <>
          <Button action="done" look="primary" onClick={onDone}>
            {t(isStaffed ? 'desk.title' : 'receipt.done')}
          </Button>
          <p className="actions-summary">{t('delivering.wait')}</p>
        </>
      }
    >
      <div className="sending">
        <DeliveryStages stage={progress?.stage ?? 'requesting-token'} />
        <progress
          aria-label={t('delivering.progress')}
          max={isCounted ? progress.totalBytes : 1}
          value={isCounted ? progress.sentBytes : 0}
        />
        <p className="sending-bytes">
          {isCounted &&
            t('delivering.bytes', {
              sent: bytes(progress.sentBytes),
              total: bytes(progress.totalBytes),
            })}
        </p>
      </div>
      <ReceiptCard title={t('receipt.reference')} number={receipt.reference}>
        <p className="small">{t('delivering.reference')}</p>
      </ReceiptCard>
    </Screen>
  );
};
