/**
 * Asks for the reason before an operator intervenes at an item, for a token where the bank hands
 * tokens over, and warns where an intervention can't be taken back. Keeps no token.
 */
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import type { OutboxItem } from '../../preload/contract/outbox-channels.ts';
import {
  ACTION_REASONS,
  type ActionReason,
  type ItemAction,
} from '../../preload/contract/outbox-words.ts';
import { Button } from '../components/button.tsx';
import { Modal } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { readToken, TokenFields } from '../components/token-fields.tsx';
import type { OutboxTask } from '../flow/room-tasks.ts';
import { useI18n } from '../i18n/i18n.tsx';

interface ItemActionDialogProps {
  readonly item: OutboxItem;
  readonly action: ItemAction;
  /** The bank hands tokens over: a new one is needed for each sending. */
  readonly isHandoff: boolean;
  readonly onConfirm: (task: OutboxTask) => void;
  readonly onCancel: () => void;
}

/** Mark ID may have the item already: sending it again can open a second verification. */
const mayDuplicate = ({ state, code }: OutboxItem): boolean =>
  state === 'HELD' || code === 'DELIVERY_UNCONFIRMED';

/** The question; nothing is done before a reason is chosen. */
export const ItemActionDialog = ({
  item,
  action,
  isHandoff,
  onConfirm,
  onCancel,
}: ItemActionDialogProps): ReactNode => {
  const { t } = useI18n();
  const form = useId();
  const [reason, setReason] = useState<ActionReason | null>(null);
  const [isInvalid, setIsInvalid] = useState(false);
  const { itemId, reference } = item;
  const needsToken = action === 'resend' && (isHandoff || item.state === 'NEEDS_TOKEN');

  const confirm = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (reason === null) return;
    if (!needsToken) {
      onConfirm({ task: `${action}-item`, itemId, reason });
      return;
    }
    const token = readToken(event.currentTarget);
    setIsInvalid(token === null);
    if (token !== null) onConfirm({ task: 'resend-item', itemId, reason, token });
  };

  return (
    <Modal
      name="item-action"
      title={t(`itemAction.${action}.title`, { reference })}
      spoken={[t(`itemAction.${action}`), t(`itemAction.${action}.text`)]}
      onDismiss={onCancel}
      actions={
        <>
          <Button
            action="confirm"
            look={action === 'discard' ? 'danger' : 'primary'}
            type="submit"
            form={form}
            disabled={reason === null}
          >
            {t(`itemAction.${action}.confirm`)}
          </Button>
          <Button action="keep" onClick={onCancel}>
            {t('itemAction.cancel')}
          </Button>
        </>
      }
    >
      <form id={form} className="item-action" onSubmit={confirm} noValidate>
        <p>{t(`itemAction.${action}.text`)}</p>
        {needsToken && (
          <div className="token-fields">
            <TokenFields isInvalid={isInvalid} />
          </div>
        )}
        <fieldset>
          <legend>{t('itemAction.reason')}</legend>
          <div className="reasons">
            {ACTION_REASONS.map((each) => (
              <label key={each} className="reason" data-reason={each}>
                <input
                  type="radio"
                  name="reason"
                  value={each}
                  checked={each === reason}
                  onChange={() => setReason(each)}
                />
                <span>{t(`reason.${each}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        {action === 'resend' && mayDuplicate(item) && (
          <Notice tone="warning" says={[t('itemAction.duplicate')]} />
        )}
      </form>
    </Modal>
  );
};
