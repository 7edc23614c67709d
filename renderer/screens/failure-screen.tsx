/** Says what went wrong, to the customer large and to staff small, and offers the ways on it is given. */
import type { ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { Button } from '../components/button.tsx';
import { Notice, StaffNote } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import { AttentionArt } from '../components/state-art.tsx';
import type { FailureAction } from '../flow/failure-actions.ts';
import { useI18n } from '../i18n/i18n.tsx';

interface FailureScreenProps {
  readonly code: ErrorCode;
  /** Best first; the first one is the primary. */
  readonly actions: readonly FailureAction[];
  /** Mark ID refused what is saved here: it stays, also when the customer ends. */
  readonly isKept: boolean;
  readonly onAction: (action: FailureAction) => void;
}

/** A failure with its ways on. */
export const FailureScreen = ({
  code,
  actions,
  isKept,
  onAction,
}: FailureScreenProps): ReactNode => {
  const { t } = useI18n();
  return (
    <Screen
      key={code}
      name="failure"
      title={t('failure.title')}
      lead={t(`error.${code}.customer`)}
      art={<AttentionArt />}
      data={{ 'data-code': code }}
      actions={actions.map((action, index) => (
        <Button
          key={action}
          action={action}
          look={index === 0 ? 'primary' : 'secondary'}
          onClick={() => onAction(action)}
        >
          {t(`failure.action.${action}`)}
        </Button>
      ))}
    >
      {isKept && <Notice tone="note" says={[t('failure.kept')]} />}
      <StaffNote code={code}>{t(`error.${code}.staff`)}</StaffNote>
    </Screen>
  );
};
