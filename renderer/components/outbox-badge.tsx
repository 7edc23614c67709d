/** How many submissions wait and how many need a person, for staff. Says nothing about anybody. */
import type { ReactNode } from 'react';
import type { OutboxSummary } from '../../preload/contract/outbox-channels.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Icon } from './icon.tsx';

/** The two counts; nothing where both are zero. */
export const OutboxBadge = ({
  summary: { waiting, needsPerson },
}: {
  readonly summary: OutboxSummary;
}): ReactNode => {
  const { t } = useI18n();
  if (waiting === 0 && needsPerson === 0) return null;
  return (
    <div className="outbox-badge" role="status">
      {waiting > 0 && (
        <p className="badge" data-waiting={waiting}>
          <Icon name="outbox" />
          {t('badge.waiting', { count: waiting })}
        </p>
      )}
      {needsPerson > 0 && (
        <p className="badge badge-doubt" data-needs-person={needsPerson}>
          <Icon name="alert" />
          {t('badge.needsPerson', { count: needsPerson })}
        </p>
      )}
    </div>
  );
};
