/**
 * The proof a customer takes along: that Mark ID has the submission, or that it is saved and will be
 * sent. Must never say the first before Mark ID did.
 */
import type { ReactNode } from 'react';
import type { SessionReceipt } from '../../preload/contract/session-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { ReceiptCard } from '../components/receipt-card.tsx';
import { Screen } from '../components/screen.tsx';
import { BoxArt, SuccessArt } from '../components/state-art.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface ReceiptScreenProps {
  readonly receipt: SessionReceipt;
  readonly environment: Environment;
  /** Until the screen closes by itself. */
  readonly secondsLeft: number;
  /** Staff goes on to the next customer. */
  readonly isStaffed: boolean;
  readonly onDone: () => void;
}

const DeliveredCard = ({
  reference,
  delivery: { scanRef, deliveredAtMs, reconciled },
}: {
  readonly reference: string;
  readonly delivery: NonNullable<SessionReceipt['delivery']>;
}): ReactNode => {
  const { t, dateTime } = useI18n();
  return (
    <ReceiptCard title={t('receipt.number')} number={scanRef}>
      {scanRef === null && <p>{t('receipt.noNumber')}</p>}
      <p className="small">{t('receipt.delivered', { time: dateTime(deliveredAtMs) })}</p>
      {reconciled && <p className="small">{t('receipt.reconciled')}</p>}
      <p className="small">{t('receipt.referenceHere', { reference })}</p>
    </ReceiptCard>
  );
};

const SavedCard = ({ reference, savedAtMs }: SessionReceipt): ReactNode => {
  const { t, dateTime } = useI18n();
  return (
    <ReceiptCard title={t('receipt.reference')} number={reference}>
      <p className="small">{t('receipt.savedAt', { time: dateTime(savedAtMs) })}</p>
    </ReceiptCard>
  );
};

/** The number and what happens next. */
export const ReceiptScreen = ({
  receipt,
  environment,
  secondsLeft,
  isStaffed,
  onDone,
}: ReceiptScreenProps): ReactNode => {
  const { t } = useI18n();
  const { reference, delivery } = receipt;
  const outcome = delivery === null ? 'saved' : 'delivered';
  const next = [t(`receipt.${outcome}.next`), t('receipt.next2'), t('receipt.next3')];
  return (
    <Screen
      name="receipt"
      title={t(`receipt.${outcome}.title`)}
      spoken={next}
      lead={delivery === null ? t('receipt.saved.lead') : undefined}
      art={delivery === null ? <BoxArt isSafe /> : <SuccessArt />}
      data={{
        'data-outcome': outcome,
        'data-reference': reference,
        'data-scan-ref': delivery?.scanRef ?? '',
      }}
      actions={
        <>
          <Button action="done" look="primary" onClick={onDone}>
            {t(isStaffed ? 'desk.title' : 'receipt.done')}
          </Button>
          <p className="actions-summary">{t('receipt.countdown', { seconds: secondsLeft })}</p>
        </>
      }
    >
      {environment === 'training' && <Notice tone="note" says={[t('receipt.training')]} />}
      {delivery === null ? (
        <SavedCard {...receipt} />
      ) : (
        <DeliveredCard reference={reference} delivery={delivery} />
      )}
      <section className="receipt-next">
        <h2>{t('receipt.next')}</h2>
        <ol>
          {next.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      </section>
    </Screen>
  );
};
