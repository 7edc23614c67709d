import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogueDocument } from '../../../../main/diagnostics/catalogue-document.ts';
import { encodeRecord } from '../../../../main/diagnostics/event-file.ts';
import { EVENT_CATALOGUE, isKioskEvent } from '../../../../preload/contract/event-catalogue.ts';

const written = readFileSync(
  new URL('../../../../main/diagnostics/EVENTS.md', import.meta.url),
  'utf8',
);

describe('the catalogue of events', () => {
  it('is documented as it is (renew: npm run -s events -- catalogue > main/diagnostics/EVENTS.md)', () => {
    expect(written).toBe(catalogueDocument());
  });

  it('has names in the style of the house', () => {
    for (const name of Object.keys(EVENT_CATALOGUE))
      expect(name).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
  });

  it('SEC-26 takes no text of anybody: not in a field, not in a further one, not as a name', () => {
    const good = {
      event: 'outbox.item-decided',
      item: '1A2B-3C4D',
      action: 'discard',
      reason: 'TEST',
    };
    expect(isKioskEvent(good)).toBe(true);
    expect(isKioskEvent({ ...good, item: 'Jonas Jonaitis' })).toBe(false);
    expect(isKioskEvent({ ...good, reason: 'because he asked' })).toBe(false);
    expect(isKioskEvent({ ...good, note: 'more' })).toBe(false);
    expect(isKioskEvent({ event: 'toString' })).toBe(false);
  });

  it('has no field that a text could fit in, but the reference of an item', () => {
    // catalogueDocument throws at a field that is no number, no boolean and no closed word.
    expect(catalogueDocument().match(/reference of an item/g)).toHaveLength(4);
  });

  it('is written in ASCII alone', () => {
    const { line } = encodeRecord({
      sequence: 1,
      previous: '-',
      atMs: 0,
      livedMs: 0,
      event: { event: 'log.events-lost', count: 1 },
    });
    expect(line).toMatch(/^[\x20-\x7e]+\n$/);
  });
});
