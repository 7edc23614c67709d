/** A number to take along, large enough to be copied by hand, and as a code for whoever has a camera. */
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { QrCode } from './qr/qr-code.tsx';

interface ReceiptCardProps {
  readonly title: string;
  /** Null: `children` say where the number is. */
  readonly number: string | null;
  readonly children: ReactNode;
}

/** Mark ID's receipt numbers have 36 characters; shorter ones are shown larger. */
const SHORT_CHARS = 12;

/** A title, a number and what belongs to it. */
export const ReceiptCard = ({ title, number, children }: ReceiptCardProps): ReactNode => {
  const { t } = useI18n();
  return (
    <section className="receipt-number">
      <div className="receipt-words">
        <h2>{title}</h2>
        {number !== null && (
          <p
            className={
              number.length > SHORT_CHARS ? 'receipt-code' : 'receipt-code receipt-code-short'
            }
          >
            <bdi translate="no">{number}</bdi>
          </p>
        )}
        {children}
      </div>
      {number !== null && <QrCode text={number} label={t('receipt.qr')} />}
    </section>
  );
};
