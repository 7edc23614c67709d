import { describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';

describe('pictures that were taken as they are', () => {
  it('are counted in the event of their submission, and shown on the review', async () => {
    const desk = new Desk();
    await desk.start();
    await desk.capture();
    const jpeg = Buffer.from('a picture that is no better');
    const size = { widthPx: 1280, heightPx: 720, quality: 90, warnings: [] };
    const stored = desk.session.store('FACE', 'camera', { jpeg, ...size }, true);
    expect(stored).toMatchObject({ value: { warnings: ['TAKEN_AS_IS'] } });
    await desk.submit();
    expect(desk.made.events).toContainEqual(
      expect.objectContaining({ event: 'outbox.item-saved', imageCount: 2, takenAsIsCount: 1 }),
    );
  });
});
