/** A number to take along, large enough to be copied by hand. */
import type { ReactNode } from 'react';

interface ReceiptCardProps {
  readonly title: string;
  /** Null: `children` say where the number is. */
  readonly number: string | null;
  readonly children: ReactNode;
}

/** Mark ID's receipt numbers have 36 characters; shorter ones are shown larger. */
const SHORT_CHARS = 12;

/** A title, a number and what belongs to it. */
export const ReceiptCard = ({ title, number, children }: ReceiptCardProps): ReactNode => (
  <section className="receipt-number">
    <h2>{title}</h2>
    {number !== null && (
      <p
        className={number.length > SHORT_CHARS ? 'receipt-code' : 'receipt-code receipt-code-short'}
        translate="no"
      >
        {number}
      </p>
    )}
    {children}
  </section>
);
