/** What everybody sees while the kiosk takes no customers: where help is, and what staff does next. */
import type { ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { StaffNote } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import { RestingArt } from '../components/state-art.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface OutOfServiceScreenProps {
  readonly code: ErrorCode;
  readonly onRetry: () => void;
  readonly onOperator: () => void;
}

/** The kiosk rests. */
export const OutOfServiceScreen = ({
  code,
  onRetry,
  onOperator,
}: OutOfServiceScreenProps): ReactNode => {
  const { t } = useI18n();
  return (
    <Screen
      name="out-of-service"
      title={t('outOfService.title')}
      lead={t('outOfService.lead')}
      art={<RestingArt />}
      data={{ 'data-code': code }}
      actions={
        <>
          <Button action="retry" icon={<Icon name="again" />} onClick={onRetry}>
            {t('action.retry')}
          </Button>
          <Button action="operator" look="quiet" icon={<Icon name="staff" />} onClick={onOperator}>
            {t('outOfService.operator')}
          </Button>
        </>
      }
    >
      <StaffNote code={code}>{t(`error.${code}.staff`)}</StaffNote>
    </Screen>
  );
};
