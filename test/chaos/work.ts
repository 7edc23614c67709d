/** What a worker does: opens the kiosk, serves its customers, waits until nothing is under way. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkerLine, WorkerOrder } from './protocol.ts';
import { makeRigKiosk } from './rig-kiosk.ts';

/** How often a worker looks whether its deliveries are over. */
const GLANCE_MS = 25;

/** Works off an order; every promise is said the moment it is made. */
export const work = async (order: WorkerOrder, say: (line: WorkerLine) => void): Promise<void> => {
  const rig = makeRigKiosk(order, say);
  await rig.open();
  const { service, environment } = rig.kiosk.status();
  if (service.state === 'ready' && environment === 'training')
    say({ says: 'closed', code: 'NOT_PROVISIONED' });
  else if (service.state === 'ready') {
    const found = rig.items().map(({ reference, state }) => ({ reference, state }));
    say({ says: 'ready', items: found });
    for (let customer = 0; customer < order.customers; customer += 1) {
      await rig.serve();
      await pause(Math.random() * order.pauseMs);
    }
    const untilMs = performance.now() + order.patienceMs;
    while (performance.now() < untilMs && rig.isUnderWay()) await pause(GLANCE_MS);
  } else say({ says: 'closed', code: service.state === 'locked' ? 'LOCKED' : service.code });
  const items = rig.items().map(({ reference, state, code }) => ({ reference, state, code }));
  say({ says: 'done', items, fileCalls: rig.fileCalls() });
  await rig.kiosk.stop();
};
