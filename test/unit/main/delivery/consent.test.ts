import { describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';
import { answer } from './fake-markid.ts';

describe('the consent', () => {
  it('is sealed into the item with the version of its text and the moment it was given', async () => {
    const desk = new Desk({ consent: { version: '2026-11', text: { en: 'I agree.' } } });
    await desk.start();
    const givenAtMs = desk.clock.wallMs();
    desk.markId.next.process = [answer(400, { identifier: 'BAD_VALUE' })];
    await desk.capture();
    await desk.clock.advance(90_000);
    await desk.submit();
    const delivery = desk.made.kiosk.delivery;
    const [item] = delivery?.view().items ?? [];
    expect(delivery?.retake(item?.itemId ?? '', 'TEST')).toMatchObject({
      value: { consentVersion: '2026-11', consentAtMs: givenAtMs },
    });
  });
});
