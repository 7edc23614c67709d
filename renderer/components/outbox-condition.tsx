/** How much of the outbox stands where, and whether it delivers now: for staff, at the desk and in the room. */
import type { ReactNode } from 'react';
import type { OutboxCondition, OutboxSummary } from '../../preload/contract/outbox-channels.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Notice, type NoticeTone } from './notice.tsx';

const TONES: Readonly<Record<OutboxCondition['state'], NoticeTone>> = {
  running: 'done',
  unreachable: 'warning',
  paused: 'error',
  cooling: 'warning',
  closed: 'error',
};

/** The counts of a summary, in the order they are told. */
export const OUTBOX_COUNTS = [
  'waiting',
  'sending',
  'checking',
  'needsPerson',
  'deliveredToday',
] as const;

/** Whether it delivers now, and what stops it. */
export const Condition = ({ condition }: { readonly condition: OutboxCondition }): ReactNode => {
  const { t, time } = useI18n();
  const code = 'code' in condition ? condition.code : null;
  return (
    <Notice tone={TONES[condition.state]}>
      <p className="condition">
        {condition.state === 'cooling'
          ? t('condition.cooling', { time: time(condition.resumesAtMs) })
          : t(`condition.${condition.state}`)}
      </p>
      {code !== null && (
        <p className="small">
          {t(`error.${code}.staff`)} <span className="code">{t('common.code', { code })}</span>
        </p>
      )}
    </Notice>
  );
};

/** Every count with its word. */
export const Counts = ({ summary }: { readonly summary: OutboxSummary }): ReactNode => {
  const { t } = useI18n();
  return (
    <dl className="counts">
      {OUTBOX_COUNTS.map((name) => (
        <div key={name} data-count={name} data-asks={name === 'needsPerson' && summary[name] > 0}>
          <dt>{t(`count.${name}`)}</dt>
          <dd>{t('count.number', { count: summary[name] })}</dd>
        </div>
      ))}
    </dl>
  );
};
