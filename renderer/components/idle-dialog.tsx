/** Asks whether somebody is still there. Counts nothing itself: the flow says how long is left. */
import { useState, type ReactNode } from 'react';
import type { Ending } from '../flow/session-context.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Modal } from './modal.tsx';

interface IdleDialogProps {
  /** What ends: a customer's session with this fate of its pictures, or a stay in the operator's room. */
  readonly ending: Ending | 'leaves-room';
  /** Until it ends by itself. */
  readonly secondsLeft: number;
  readonly onContinue: () => void;
  readonly onEnd: () => void;
}

/** The idle warning. */
export const IdleDialog = ({
  ending,
  secondsLeft,
  onContinue,
  onEnd,
}: IdleDialogProps): ReactNode => {
  const { t } = useI18n();
  const title = t('idle.title');
  const text = t(`idle.text.${ending}`, { seconds: secondsLeft });
  // Said once, with the seconds there were: a countdown would cut itself off.
  const [textAtFirst] = useState(text);
  return (
    <Modal
      name="idle"
      title={title}
      spoken={[title, textAtFirst]}
      onDismiss={onContinue}
      actions={
        <>
          <Button action="continue" look="primary" onClick={onContinue}>
            {t('idle.continue')}
          </Button>
          <Button action="end" onClick={onEnd}>
            {t(`idle.end.${ending}`)}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Modal>
  );
};
