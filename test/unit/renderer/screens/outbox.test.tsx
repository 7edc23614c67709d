/** What staff sees of the outbox: on the frame, in the room, before an action. */
import { describe, expect, it } from 'vitest';
import type { OutboxItem, OutboxSummary } from '../../../../preload/contract/outbox-channels.ts';
import { ITEM_STATES, type ItemAction } from '../../../../preload/contract/outbox-words.ts';
import { OutboxBadge } from '../../../../renderer/components/outbox-badge.tsx';
import { ItemActionDialog } from '../../../../renderer/operator/item-action-dialog.tsx';
import type { I18n } from '../../../../renderer/i18n/create-i18n.ts';
import { OutboxPanel } from '../../../../renderer/operator/outbox-panel.tsx';
import { BRACKETS, markupOf, tagsOf } from './render.tsx';
import { room } from './operator-samples.tsx';
import { CONDITIONS, outboxIn, status } from './sample-status.ts';

const ignore = (): void => {};

describe('OutboxBadge', () => {
  const badge = (patch: Partial<OutboxSummary>): string =>
    markupOf(BRACKETS, <OutboxBadge summary={{ ...status.outbox, ...patch }} />);

  it('tells every count that is not zero with its word, and is away when there is none', () => {
    const some = badge({ waiting: 2, sending: 0, checking: 1, needsPerson: 3, deliveredToday: 9 });
    expect([...some.matchAll(/data-badge="(\w+)"/g)].map(([, name]) => name)).toEqual([
      'waiting',
      'checking',
      'needsPerson',
      'deliveredToday',
    ]);
    expect(some).toContain('⟦count.checking⟧');
    expect(badge({ waiting: 0 })).toBe('');
  });
});

describe('the room', () => {
  it('opens at the outbox when something there needs a person or somebody asked for it, else at the kiosk', () => {
    const outbox = outboxIn({ state: 'running' });
    const calm = markupOf(BRACKETS, room({ outbox }));
    expect(calm).not.toContain('data-condition');
    expect(calm).toContain('data-vault');
    expect(markupOf(BRACKETS, room({ outbox, isForOutbox: true }))).toContain('data-condition');
    const wanted = { ...status, outbox: { ...status.outbox, needsPerson: 1 } };
    const called = markupOf(BRACKETS, room({ outbox, status: wanted }));
    expect(called).toContain('data-condition="running"');
    expect(called).not.toContain('data-vault');
  });
});

describe('OutboxPanel', () => {
  const panel = (condition: (typeof CONDITIONS)[number], words = BRACKETS): string =>
    markupOf(
      words,
      <OutboxPanel
        view={outboxIn(condition)}
        error={null}
        isHandoff={false}
        isBusy={false}
        onTask={ignore}
      />,
    );

  it.each(CONDITIONS)('names the condition $state, and why', (condition) => {
    const markup = panel(condition);
    expect(markup).toContain(`⟦condition.${condition.state}⟧`);
    if ('code' in condition && condition.code !== null) {
      expect(markup).toContain(`⟦error.${condition.code}.staff⟧`);
    }
  });

  it('names the number to look an item up by where only Mark ID can tell', () => {
    const named: unknown[] = [];
    const t: I18n['t'] = (key, ...values) => {
      if (key === 'item.scanRef') named.push(...values);
      return BRACKETS.t(key, ...values);
    };
    panel({ state: 'running' }, { ...BRACKETS, t });
    expect(named).toEqual([{ scanRef: '2222-3333' }]);
  });

  it('offers to resume sending when it is paused, and only then', () => {
    for (const condition of CONDITIONS) {
      expect(panel(condition).includes('data-action="resume"')).toBe(condition.state === 'paused');
    }
  });

  it('tells each item by reference, state, cause and what to do next', () => {
    const markup = panel({ state: 'running' });
    for (const state of ITEM_STATES) {
      expect(markup).toContain(`⟦itemState.${state}⟧`);
      expect(markup).toContain(`⟦itemNext.${state}⟧`);
    }
    expect(markup).toContain('⟦error.DELIVERY_UNCONFIRMED.staff⟧');
    expect(markup).toContain('⟦outbox.more⟧');
  });

  it('offers exactly the actions main allows', () => {
    const held = outboxIn({ state: 'running' }).items.filter(({ actions }) => actions.length > 0);
    expect(held.map(({ state }) => state)).toEqual(['HELD']);
    const buttons = tagsOf(panel({ state: 'running' }), 'button');
    expect(
      buttons.filter((tag) => /data-action="(?:resend|retake|discard)"/.test(tag)),
    ).toHaveLength(3);
  });

  it('tells whose an item is, delivered or not, where staff gave a reference', () => {
    const named: unknown[] = [];
    const t: I18n['t'] = (key, ...values) => {
      if (key === 'common.customer') named.push(...values);
      return BRACKETS.t(key, ...values);
    };
    panel({ state: 'running' }, { ...BRACKETS, t });
    expect(named).toEqual([{ reference: '4711' }, { reference: '0815' }]);
  });

  it('shows the receipt numbers of today', () => {
    const markup = panel({ state: 'running' });
    expect(markup).toContain('0000-1111');
    expect(markup).toContain('⟦outbox.noNumber⟧');
  });
});

describe('ItemActionDialog', () => {
  const [sampled] = outboxIn({ state: 'running' }).items;
  const dialog = (patch: Partial<OutboxItem>, action: ItemAction, isHandoff: boolean): string => {
    if (sampled === undefined) throw new Error('The sample has items.');
    return markupOf(
      BRACKETS,
      <ItemActionDialog
        item={{ ...sampled, code: null, ...patch }}
        action={action}
        isHandoff={isHandoff}
        onConfirm={ignore}
        onCancel={ignore}
      />,
    );
  };

  it('does nothing before a reason is chosen', () => {
    const markup = dialog({ state: 'NEEDS_PERSON' }, 'discard', false);
    expect(markup).not.toContain('checked=""');
    const confirm = tagsOf(markup, 'button').filter((tag) => tag.includes('"confirm"'));
    expect(confirm).toHaveLength(1);
    expect(confirm[0]).toContain('disabled=""');
  });

  it('warns of a second verification when an item Mark ID may have is sent again', () => {
    expect(dialog({ state: 'HELD' }, 'resend', false)).toContain('⟦itemAction.duplicate⟧');
    expect(dialog({ state: 'NEEDS_PERSON' }, 'resend', false)).not.toContain(
      '⟦itemAction.duplicate⟧',
    );
    expect(
      dialog({ state: 'NEEDS_PERSON', code: 'DELIVERY_UNCONFIRMED' }, 'resend', false),
    ).toContain('⟦itemAction.duplicate⟧');
    expect(dialog({ state: 'HELD' }, 'discard', false)).not.toContain('⟦itemAction.duplicate⟧');
  });

  it('takes a token to send again where the bank hands tokens over, and nowhere else', () => {
    expect(dialog({ state: 'NEEDS_TOKEN' }, 'resend', true)).toContain('name="auth-token"');
    expect(dialog({ state: 'HELD' }, 'resend', true)).toContain('name="auth-token"');
    expect(dialog({ state: 'NEEDS_PERSON' }, 'resend', false)).not.toContain('name="auth-token"');
    expect(dialog({ state: 'NEEDS_TOKEN' }, 'retake', true)).not.toContain('name="auth-token"');
  });
});
