/** Digits to touch, for kiosks without a keyboard. Keeps nothing: each touch is told to the caller. */
import type { ReactNode } from 'react';
import { Icon } from '../components/icon.tsx';
import { useI18n } from '../i18n/i18n.tsx';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

interface PinPadProps {
  readonly disabled: boolean;
  readonly onDigit: (digit: string) => void;
  readonly onDelete: () => void;
}

/** Ten digits and a way to take the last one back. */
export const PinPad = ({ disabled, onDigit, onDelete }: PinPadProps): ReactNode => {
  const { t } = useI18n();
  return (
    <div className="pin-pad" role="group" aria-label={t('door.pad')}>
      {DIGITS.map((digit) => (
        <button
          key={digit}
          type="button"
          className="pin-key"
          data-digit={digit}
          disabled={disabled}
          onClick={() => onDigit(digit)}
        >
          {digit}
        </button>
      ))}
      <button
        type="button"
        className="pin-key"
        data-digit="delete"
        disabled={disabled}
        aria-label={t('door.delete')}
        onClick={onDelete}
      >
        <Icon name="delete" />
      </button>
    </div>
  );
};
