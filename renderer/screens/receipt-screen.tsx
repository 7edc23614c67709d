/** The proof that the submission arrived. Must never be shown before Mark ID said so. */
import type { ReactNode } from 'react';
import type { SessionReceipt } from '../../preload/contract/session-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import { SuccessArt } from '../components/state-art.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface ReceiptScreenProps {
  readonly receipt: SessionReceipt;
  readonly environment: Environment;
  /** Until the screen closes by itself. */
  readonly secondsLeft: number;
  readonly onDone: () => void;
}

/** Receipt number and what happens next. */
export const ReceiptScreen = ({
  receipt,
  environment,
  secondsLeft,
  onDone,
}: ReceiptScreenProps): ReactNode => {
  const { t, dateTime } = useI18n();
  return (
    <Screen
      name="receipt"
      title={t('receipt.title')}
      art={<SuccessArt />}
      data={{ 'data-scan-ref': receipt.scanRef ?? '' }}
      actions={
        <>
          <Button action="done" look="primary" onClick={onDone}>
            {t('receipt.done')}
          </Button>
          <p className="actions-summary">{t('receipt.countdown', { seconds: secondsLeft })}</p>
        </>
      }
    >
      {environment === 'training' && (
        <Notice tone="note">
          <p>{t('receipt.training')}</p>
        </Notice>
      )}
      <section className="receipt-number">
        <h2>{t('receipt.number')}</h2>
        {receipt.scanRef === null ? (
          <p>{t('receipt.noNumber')}</p>
        ) : (
          <p className="receipt-code" translate="no">
            {receipt.scanRef}
          </p>
        )}
        <p className="small">{t('receipt.delivered', { time: dateTime(receipt.deliveredAtMs) })}</p>
        {receipt.reconciled && <p className="small">{t('receipt.reconciled')}</p>}
      </section>
      <section className="receipt-next">
        <h2>{t('receipt.next')}</h2>
        <ol>
          <li>{t('receipt.next1')}</li>
          <li>{t('receipt.next2')}</li>
          <li>{t('receipt.next3')}</li>
        </ol>
      </section>
    </Screen>
  );
};
