/** What the room shows of the kiosk itself, and to whom. */
import { describe, expect, it } from 'vitest';
import { EVENT_CATALOGUE } from '../../../../preload/contract/event-catalogue.ts';
import { SELF_CHECKS, SELF_VERDICTS } from '../../../../preload/contract/diagnostics-words.ts';
import type { Role } from '../../../../preload/contract/operator-roles.ts';
import { loadCatalogue } from '../../../../renderer/i18n/catalogues.ts';
import { createI18n } from '../../../../renderer/i18n/create-i18n.ts';
import { ChecksPanel } from '../../../../renderer/operator/checks-panel.tsx';
import { EventsPanel } from '../../../../renderer/operator/events-panel.tsx';
import { RolesPanel } from '../../../../renderer/operator/roles-panel.tsx';
import { EVENT_PAGE, EXPORTED, SELF_TEST } from '../../../support/fake-kiosk-values.ts';
import { room } from './operator-samples.tsx';
import { BRACKETS, markupOf, spokenTextOf, tagsOf } from './render.tsx';
import { door, outboxIn, status } from './sample-status.ts';

const ignore = (): void => {};
const english = createI18n('en', (await loadCatalogue('en')).messages);

const checks = (role: Role) => (
  <ChecksPanel
    selfTest={SELF_TEST}
    exported={EXPORTED}
    role={role}
    isBusy={false}
    onTask={ignore}
  />
);

describe('self-test and export', () => {
  it('show each check with its verdict, and what to do where it is not good', () => {
    const markup = markupOf(english, checks('operator'));
    for (const { check, verdict } of SELF_TEST)
      expect(markup).toContain(`data-check="${check}" data-verdict="${verdict}"`);
    expect(markup).toContain('MEMORY_EXPOSED');
    expect(spokenTextOf(markup)).not.toMatch(/undefined|null|\{/);
  });

  it('have words for every check and verdict', () => {
    for (const check of SELF_CHECKS)
      for (const verdict of SELF_VERDICTS) {
        const selfTest = [{ check, verdict, code: null }];
        const panel = (
          <ChecksPanel
            selfTest={selfTest}
            exported={null}
            role="operator"
            isBusy={false}
            onTask={ignore}
          />
        );
        expect(spokenTextOf(markupOf(english, panel))).not.toContain('undefined');
      }
  });

  it('offer the export to those who may, and tell where it went', () => {
    expect(markupOf(english, checks('operator'))).not.toContain('data-action="export"');
    const markup = markupOf(english, checks('supervisor'));
    expect(markup).toContain('data-action="export"');
    expect(markup).toContain(EXPORTED.folderName);
  });
});

describe('the event log', () => {
  const events = <EventsPanel page={EVENT_PAGE} isBusy={false} onTask={ignore} />;

  it('shows each event in words with its fields, and leaves out those without a value', () => {
    const markup = markupOf(english, events);
    expect(tagsOf(markup, 'li').filter((tag) => tag.includes('data-event'))).toHaveLength(2);
    const text = spokenTextOf(markup);
    expect(text).toContain('Outbox opened');
    expect(text).toContain('Submissions: 4');
    expect(text).not.toMatch(/Warning|null|undefined/);
  });

  it('leads to older events where there are some', () => {
    const older = (hasMore: boolean): string | undefined =>
      tagsOf(
        markupOf(
          BRACKETS,
          <EventsPanel page={{ ...EVENT_PAGE, hasMore }} isBusy={false} onTask={ignore} />,
        ),
        'button',
      ).find((tag) => tag.includes('data-action="older"'));
    expect(older(true)).not.toContain('disabled');
    expect(older(false)).toContain('disabled');
  });

  it('has words for every event and every field of the catalogue', () => {
    for (const [name, { fields }] of Object.entries(EVENT_CATALOGUE)) {
      expect(english.t(`event.${name as keyof typeof EVENT_CATALOGUE}`)).not.toBe('');
      for (const field of Object.keys(fields.shape))
        expect(english.t(`eventField.${field as 'code'}`)).not.toBe('');
    }
  });
});

describe('SEC-34 the room of each role', () => {
  const outbox = outboxIn({ state: 'running' });
  const roomOf = (role: Role, needsPerson = 0): string =>
    markupOf(
      english,
      room({
        door: { ...door, role },
        outbox,
        status: { ...status, outbox: { ...status.outbox, needsPerson } },
      }),
    );

  it('shows vault, credentials, PINs and the exit to administrators alone', () => {
    for (const mark of ['data-vault=', 'data-action="exit"', 'name="role-pin"']) {
      expect(roomOf('administrator')).toContain(mark);
      for (const role of ['operator', 'supervisor'] as const)
        expect(roomOf(role)).not.toContain(mark);
    }
  });

  it('offers sending again and deleting from supervisor on, and new pictures to everybody', () => {
    expect(roomOf('operator', 1)).toContain('data-action="retake"');
    for (const action of ['resend', 'discard']) {
      expect(roomOf('operator', 1)).not.toContain(`data-action="${action}"`);
      expect(roomOf('supervisor', 1)).toContain(`data-action="${action}"`);
    }
  });

  it('shows the event log from supervisor on', () => {
    expect(roomOf('operator')).not.toContain('data-room-view="events"');
    expect(roomOf('supervisor')).toContain('data-room-view="events"');
  });

  it('says who has a PIN, and never offers to take the administrator’s', () => {
    const panel = (
      <RolesPanel pinRoles={['operator', 'administrator']} isBusy={false} onTask={ignore} />
    );
    const markup = markupOf(english, panel);
    expect(markup).toContain('data-role="operator" data-pin="true"');
    expect(markup).toContain('data-role="supervisor" data-pin="false"');
    expect(markup.match(/data-action="remove-pin"/g)).toHaveLength(1);
  });
});
