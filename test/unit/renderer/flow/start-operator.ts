/** Starts the flow and goes to the operator's door or into the room, for the tests of this folder. */
import type { OperatorEvent } from '../../../../renderer/flow/operator-machine.ts';
import { FAKE_PIN } from '../../../support/fake-kiosk-values.ts';
import { settle, startFlow } from './start-flow.ts';

/** A flow at the operator's door. */
export const enter = async (prepare: Parameters<typeof startFlow>[0] = () => {}) => {
  const flow = await startFlow(prepare);
  await flow.send({ type: 'OPERATOR' });
  const room = () => {
    const child = flow.actor.getSnapshot().children.operator;
    if (child === undefined) throw new Error('No operator machine runs.');
    return child;
  };
  const tell = async (event: OperatorEvent) => {
    room().send(event);
    await settle();
  };
  return { ...flow, room, tell };
};

/** A flow inside the operator's room. */
export const inside = async (prepare: Parameters<typeof startFlow>[0] = () => {}) => {
  const flow = await enter(prepare);
  await flow.tell({ type: 'PIN.ENTERED', pin: FAKE_PIN });
  return flow;
};
