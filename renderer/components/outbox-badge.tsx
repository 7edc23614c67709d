/** How the outbox stands, for staff, beside a customer's own screens. Says nothing about anybody. */
import type { ReactNode } from 'react';
import type { OutboxSummary } from '../../preload/contract/outbox-channels.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Icon } from './icon.tsx';
import { OUTBOX_COUNTS } from './outbox-condition.tsx';

/** The counts that are not zero, each with its word. */
export const OutboxBadge = ({ summary }: { readonly summary: OutboxSummary }): ReactNode => {
  const { t } = useI18n();
  const counted = OUTBOX_COUNTS.filter((name) => summary[name] > 0);
  if (counted.length === 0) return null;
  return (
    <div role="status">
      <dl className="outbox-badge">
        {counted.map((name) => (
          <div
            key={name}
            className={name === 'needsPerson' ? 'badge badge-doubt' : 'badge'}
            data-badge={name}
          >
            {name === 'needsPerson' && <Icon name="alert" />}
            <dt>{t(`count.${name}`)}</dt>
            <dd>{t('count.number', { count: summary[name] })}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
