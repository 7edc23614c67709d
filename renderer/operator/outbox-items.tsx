/** The items that are not delivered: where each stands, why, what to do next. Whose it is, only the bank's own reference tells. */
import type { ReactNode } from 'react';
import type { OutboxItem, OutboxView } from '../../preload/contract/outbox-channels.ts';
import type { ItemAction } from '../../preload/contract/outbox-words.ts';
import { Button } from '../components/button.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface OutboxItemsProps {
  readonly view: OutboxView;
  readonly isBusy: boolean;
  readonly onAct: (item: OutboxItem, action: ItemAction) => void;
}

/** Kept apart from `ItemRow` so that each line of facts is one sentence in every language. */
const ItemFacts = ({ item }: { readonly item: OutboxItem }): ReactNode => {
  const { t, bytes, dayTime, time } = useI18n();
  return (
    <ul className="item-facts">
      <li>{t('item.saved', { time: dayTime(item.savedAtMs) })}</li>
      {item.nextAtMs !== null && <li>{t('item.next', { time: time(item.nextAtMs) })}</li>}
      <li>{t('item.attempts', { count: item.attempts })}</li>
      <li>{bytes(item.sizeBytes)}</li>
      {item.scanRef !== null && <li>{t('item.scanRef', { scanRef: item.scanRef })}</li>}
    </ul>
  );
};

const ItemRow = ({
  item,
  isBusy,
  onAct,
}: {
  readonly item: OutboxItem;
} & Pick<OutboxItemsProps, 'isBusy' | 'onAct'>): ReactNode => {
  const { t } = useI18n();
  const { reference, customerReference, state, code, actions } = item;
  return (
    <li
      className="item"
      data-item={reference}
      data-state={state}
      data-asks={actions.length > 0}
      data-code={code ?? undefined}
    >
      <div className="item-name">
        <h3>
          <bdi translate="no">{reference}</bdi>
        </h3>
        {customerReference !== null && (
          <p className="item-customer">{t('common.customer', { reference: customerReference })}</p>
        )}
        <span className="tag">{t(`itemState.${state}`)}</span>
      </div>
      <div className="item-words">
        {code !== null && (
          <p>
            {t(`error.${code}.staff`)} <span className="code">{t('common.code', { code })}</span>
          </p>
        )}
        <p className="item-next">{t(`itemNext.${state}`)}</p>
        <ItemFacts item={item} />
      </div>
      {actions.length > 0 && (
        <div className="item-actions">
          {actions.map((action) => (
            <Button
              key={action}
              action={action}
              look={action === 'discard' ? 'danger' : 'secondary'}
              disabled={isBusy}
              aria-label={t('item.actionOf', { action: t(`itemAction.${action}`), reference })}
              onClick={() => onAct(item, action)}
            >
              {t(`itemAction.${action}`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
};

/** The list; says so when it is not the whole of it. */
export const OutboxItems = ({ view, isBusy, onAct }: OutboxItemsProps): ReactNode => {
  const { t } = useI18n();
  const { items, itemCount } = view;
  return (
    <section className="panel">
      <h2>{t('outbox.items')}</h2>
      {items.length === 0 && <p>{t('outbox.empty')}</p>}
      <ul className="items">
        {items.map((item) => (
          <ItemRow key={item.itemId} item={item} isBusy={isBusy} onAct={onAct} />
        ))}
      </ul>
      {itemCount > items.length && (
        <p className="small">{t('outbox.more', { shown: items.length, total: itemCount })}</p>
      )}
    </section>
  );
};
