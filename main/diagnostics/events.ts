/** How the rest of main writes an event down. What an event can be: preload/contract/event-catalogue.ts. */
import type { KioskEvent } from '../../preload/contract/event-catalogue.ts';

/** Writes one event down. Never fails: a log that can stop the kiosk is worse than a gap in it. */
export type EventSink = (event: KioskEvent) => void;
