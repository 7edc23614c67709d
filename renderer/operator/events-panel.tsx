/** The event log for staff, a page at a time: words for each event, its fields as they are. */
import type { ReactNode } from 'react';
import type { EventPage, LoggedEvent } from '../../preload/contract/diagnostics-channels.ts';
import type { KioskEventField } from '../../preload/contract/event-catalogue.ts';
import { Button } from '../components/button.tsx';
import type { RoomTask } from '../flow/room-tasks.ts';
import { useI18n } from '../i18n/i18n.tsx';

interface EventsPanelProps {
  /** Null until it was read once. */
  readonly page: EventPage | null;
  readonly isBusy: boolean;
  readonly onTask: (task: RoomTask) => void;
}

type FieldEntry = readonly [name: KioskEventField, value: string | number | boolean | null];

/** The fields that say something; one without a value says nothing. */
const fieldsOf = ({ event: { event: _name, ...fields } }: LoggedEvent): readonly FieldEntry[] =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the catalogue has no other field
  (Object.entries(fields) as FieldEntry[]).filter(([, value]) => value !== null);

const EventLine = ({ logged }: { readonly logged: LoggedEvent }): ReactNode => {
  const { t, dateTime } = useI18n();
  const words = (value: FieldEntry[1]): string => {
    if (typeof value === 'boolean') return t(value ? 'events.yes' : 'events.no');
    return typeof value === 'number' ? t('events.count', { value }) : (value ?? '');
  };
  return (
    <li data-event={logged.event.event}>
      <p>
        <strong>{t(`event.${logged.event.event}`)}</strong>
      </p>
      <p className="small">
        {dateTime(logged.atMs)} · {t('events.number', { number: logged.sequence })}
      </p>
      <ul className="event-fields">
        {fieldsOf(logged).map(([name, value]) => (
          <li key={name} className="small">
            {t('events.field', { name: t(`eventField.${name}`), value: words(value) })}
          </li>
        ))}
      </ul>
    </li>
  );
};

/** One page, and the ways to the older and to the newest ones. */
export const EventsPanel = ({ page, isBusy, onTask }: EventsPanelProps): ReactNode => {
  const { t } = useI18n();
  const oldest = page?.events.at(-1)?.sequence ?? null;
  return (
    <section className="panel">
      <h2>{t('events.title')}</h2>
      {page !== null && page.events.length === 0 && <p>{t('events.none')}</p>}
      <ul className="events">
        {page?.events.map((logged) => (
          <EventLine key={logged.sequence} logged={logged} />
        ))}
      </ul>
      <div className="panel-row">
        <Button
          action="newest"
          disabled={isBusy}
          onClick={() => onTask({ task: 'list-events', before: null })}
        >
          {t('events.newest')}
        </Button>
        <Button
          action="older"
          disabled={isBusy || page?.hasMore !== true}
          onClick={() => onTask({ task: 'list-events', before: oldest })}
        >
          {t('events.older')}
        </Button>
      </div>
    </section>
  );
};
