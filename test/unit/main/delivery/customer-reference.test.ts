/** What the bank calls a customer by: with the item to its end, and told to nobody. */
import { describe, expect, it } from 'vitest';
import { Desk, valueOf } from './desk.ts';
import { answer } from './fake-markid.ts';

const REFERENCE = 'LT-4711 / 26';

const served = async (...answers: ReturnType<typeof answer>[]): Promise<Desk> => {
  const desk = new Desk({ mode: 'teller' });
  await desk.start();
  desk.markId.next.process = answers;
  await desk.capture({ customerReference: REFERENCE });
  await desk.submit();
  return desk;
};

describe('the customer reference', () => {
  it('names an item that waits, is delivered, or takes the place of another', async () => {
    const desk = await served(answer(400, { identifier: 'BAD_VALUE' }), answer(200));
    const [item] = (await desk.view()).items;
    expect(item?.customerReference).toBe(REFERENCE);

    const { handlers } = desk.made;
    valueOf(await handlers['session:end-session'](undefined));
    expect(desk.session.view().customerReference).toBeNull();
    valueOf(
      await handlers['outbox:retake-item']({
        itemId: item?.itemId ?? '',
        reason: 'WRONG_PICTURES',
      }),
    );
    expect(desk.session.view().customerReference).toBe(REFERENCE);
    desk.retakeAll();
    await desk.submit();
    expect(await desk.view()).toMatchObject({
      items: [],
      delivered: [{ customerReference: REFERENCE }],
    });
  });

  it('reaches neither Mark ID nor an event', async () => {
    const desk = await served(answer(200));
    const told = desk.markId.log.flatMap((entry) => JSON.stringify(entry));
    expect(told.length).toBeGreaterThan(1);
    expect(told.join()).not.toContain('4711');
    expect(JSON.stringify(desk.made.events)).not.toContain('4711');
  });

  it('is asked of nobody at a self-service kiosk, whatever the policy says', async () => {
    const desk = new Desk({ customerReference: 'required' });
    const { kiosk } = await desk.start();
    expect(kiosk.status().customerReference).toBe('off');
    await desk.capture({ customerReference: REFERENCE });
    expect(desk.session.view().customerReference).toBeNull();
  });
});
