/** The fake the other tests of the renderer stand on answers nothing that main could not. */
import { describe, expect, it } from 'vitest';
import { appStatus } from '../../../preload/contract/app-channels.ts';
import { outboxView } from '../../../preload/contract/outbox-channels.ts';
import { sessionView } from '../../../preload/contract/session-channels.ts';
import { CAPTURE_STEPS } from '../../../preload/contract/vocabulary.ts';
import { FakeKiosk } from '../../support/fake-kiosk.ts';
import { FAKE_PIN, fakeItem } from '../../support/fake-kiosk-values.ts';

describe('FakeKiosk', () => {
  it.each(['delivered', 'saved', 'MARKID_BAD_VALUE'] as const)(
    'keeps to the contract when a delivery ends as %s',
    async (outcome) => {
      const kiosk = new FakeKiosk();
      kiosk.resume('ID_CARD', CAPTURE_STEPS);
      expect(sessionView.safeParse(kiosk.view).error).toBeUndefined();
      await kiosk.api.session.submitSession();
      expect(sessionView.safeParse(kiosk.view).error).toBeUndefined();
      kiosk.settle(outcome);
      expect(sessionView.safeParse(kiosk.view).error).toBeUndefined();
    },
  );

  it('keeps to the contract with an outbox, which it shows in the room alone', async () => {
    const kiosk = new FakeKiosk();
    kiosk.changeOutbox([fakeItem(1, 'QUEUED'), fakeItem(255, 'HELD', 'DELIVERY_UNCONFIRMED')]);
    expect(appStatus.safeParse(kiosk.status).error).toBeUndefined();
    expect(await kiosk.api.outbox.getOutbox()).toMatchObject({ ok: false });
    await kiosk.api.operator.enterRoom({ pin: FAKE_PIN });
    const answer = await kiosk.api.outbox.getOutbox();
    expect(outboxView.safeParse(answer.ok && answer.value).error).toBeUndefined();
    expect(kiosk.outbox.summary).toMatchObject({ waiting: 1, needsPerson: 1 });
  });
});
