/** The outbox's channels → what is kept and sent. All need an entered room. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import type { OutboxView } from '../../preload/contract/outbox-channels.ts';
import type { RoomChannel } from '../../preload/contract/operator-roles.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { DeliveryService } from '../delivery/delivery-service.ts';
import type { Kiosk } from '../kiosk.ts';
import { roomGuard } from './room-guard.ts';

type OutboxChannel = Extract<keyof ChannelHandlers, `outbox:${string}`>;

export const outboxHandlers = (kiosk: Kiosk): Pick<ChannelHandlers, OutboxChannel> => {
  const inRoom = roomGuard(kiosk);

  /** The outbox as it is after `act`, or why `act` failed. */
  const thenView = (
    channel: RoomChannel,
    act: (delivery: DeliveryService) => Promise<Result<unknown>>,
  ): Promise<Result<OutboxView>> =>
    inRoom(channel, async () => {
      const { delivery } = kiosk;
      if (delivery === null) return fail('NOT_IN_SERVICE');
      const done = await act(delivery);
      return done.ok ? ok(delivery.view()) : done;
    });

  return {
    'outbox:get-outbox': () => thenView('outbox:get-outbox', async () => ok(null)),
    'outbox:resend-item': ({ itemId, reason, token }) =>
      thenView('outbox:resend-item', (delivery) => delivery.resend(itemId, reason, token ?? null)),
    'outbox:retake-item': ({ itemId, reason }) =>
      thenView('outbox:retake-item', async (delivery) => {
        const obstacle = await kiosk.obstacle();
        // A full outbox is none: the new pictures take the item's place.
        if (obstacle !== null && obstacle !== 'OUTBOX_FULL') return fail(obstacle);
        const start = delivery.retake(itemId, reason);
        return start.ok ? kiosk.session.startRetake(start.value) : start;
      }),
    'outbox:discard-item': ({ itemId, reason }) =>
      thenView('outbox:discard-item', (delivery) => delivery.discard(itemId, reason)),
    'outbox:resume-delivery': () =>
      thenView('outbox:resume-delivery', async (delivery) => {
        delivery.resume();
        return ok(null);
      }),
  };
};
