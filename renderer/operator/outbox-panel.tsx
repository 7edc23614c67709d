/**
 * The outbox for staff: whether it delivers now, how much waits for whom, each item with what can be
 * done about it, and what was delivered today. Whose a submission is, only the bank's
 * own reference tells, where staff gave one.
 */
import { useState, type ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type {
  DeliveredItem,
  OutboxItem,
  OutboxView,
} from '../../preload/contract/outbox-channels.ts';
import type { ItemAction } from '../../preload/contract/outbox-words.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { ErrorNotice } from '../components/notice.tsx';
import { Condition, Counts } from '../components/outbox-condition.tsx';
import type { OutboxTask } from '../flow/room-tasks.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { ItemActionDialog } from './item-action-dialog.tsx';
import { OutboxItems } from './outbox-items.tsx';

interface OutboxPanelProps {
  /** Null until it was read once. */
  readonly view: OutboxView | null;
  /** Why it could not be read now. */
  readonly error: ErrorCode | null;
  readonly isHandoff: boolean;
  readonly isBusy: boolean;
  readonly onTask: (task: OutboxTask) => void;
}

const Delivered = ({ delivered }: { readonly delivered: readonly DeliveredItem[] }): ReactNode => {
  const { t, time } = useI18n();
  return (
    <section className="panel">
      <h2>{t('outbox.delivered')}</h2>
      {delivered.length === 0 && <p>{t('outbox.noneDelivered')}</p>}
      <ul className="delivered">
        {delivered.map(({ reference, customerReference, scanRef, deliveredAtMs, reconciled }) => (
          <li key={reference} data-delivered={reference}>
            <Icon name="check" />
            <div>
              <p>
                <strong>
                  <bdi translate="no">{reference}</bdi>
                </strong>{' '}
                {t('outbox.deliveredAt', { time: time(deliveredAtMs) })}
              </p>
              {customerReference !== null && (
                <p className="item-customer">
                  {t('common.customer', { reference: customerReference })}
                </p>
              )}
              <p className="code">
                <bdi translate="no">{scanRef}</bdi>
              </p>
              {scanRef === null && <p className="small">{t('outbox.noNumber')}</p>}
              {reconciled && <p className="small">{t('receipt.reconciled')}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** The whole outbox, with one question at a time in front of it. */
export const OutboxPanel = ({
  view,
  error,
  isHandoff,
  isBusy,
  onTask,
}: OutboxPanelProps): ReactNode => {
  const { t } = useI18n();
  const [asked, setAsked] = useState<{
    readonly item: OutboxItem;
    readonly action: ItemAction;
  } | null>(null);
  return (
    <div className="outbox" data-condition={view?.summary.condition.state}>
      {error !== null && <ErrorNotice code={error} reader="staff" />}
      {view !== null && (
        <>
          <div className="outbox-head">
            <Condition condition={view.summary.condition} />
            {view.summary.condition.state === 'paused' && (
              <Button
                action="resume"
                look="primary"
                disabled={isBusy}
                onClick={() => onTask({ task: 'resume-delivery' })}
              >
                {t('outbox.resume')}
              </Button>
            )}
          </div>
          <Counts summary={view.summary} />
          <div className="outbox-lists">
            <OutboxItems
              view={view}
              isBusy={isBusy}
              onAct={(item, action) => setAsked({ item, action })}
            />
            <Delivered delivered={view.delivered} />
          </div>
        </>
      )}
      {asked !== null && (
        <ItemActionDialog
          {...asked}
          isHandoff={isHandoff}
          onCancel={() => setAsked(null)}
          onConfirm={(task) => {
            setAsked(null);
            onTask(task);
          }}
        />
      )}
    </div>
  );
};
