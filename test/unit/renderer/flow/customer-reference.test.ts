/** Where staff stands, a customer begins with what the bank calls them by. */
import { describe, expect, it } from 'vitest';
import type { ReferenceRule } from '../../../../preload/contract/customer-reference.ts';
import type { PersonEvent } from '../../../../renderer/flow/session-context.ts';
import { startFlow } from './start-flow.ts';

const START: PersonEvent = { type: 'START' };
const typed = (text: string): PersonEvent => ({ type: 'REFERENCE.TYPED', text });
const read = (text: string): PersonEvent => ({ type: 'REFERENCE.READ', text });

const atDesk = (customerReference: ReferenceRule) =>
  startFlow((kiosk) => {
    kiosk.status = { ...kiosk.status, mode: 'teller', customerReference };
  });
type Flow = Awaited<ReturnType<typeof atDesk>>;

/** The reference main was given with the session; undefined for none. */
const givenIn = async (flow: Flow): Promise<unknown> => {
  await flow.send({ type: 'ACCEPT' });
  return flow.kiosk.requests.get('session:start-session');
};

describe('the customer reference', () => {
  it('begins the session as it was typed, without the spaces around it', async () => {
    const flow = await atDesk('required');
    await flow.send(typed(' LT 4711 '), START);
    expect(flow.place()).toBe('customer.consent');
    expect(await givenIn(flow)).toMatchObject({ customerReference: 'LT 4711' });
  });

  it('needs no key at all where a reader reads it', async () => {
    const flow = await atDesk('required');
    await flow.send(read('LT-4711'));
    expect(flow.place()).toBe('customer.consent');
    expect(await givenIn(flow)).toMatchObject({ customerReference: 'LT-4711' });
  });

  it('may be left away where it is optional', async () => {
    const flow = await atDesk('optional');
    await flow.send(typed('  '), START);
    expect(await givenIn(flow)).not.toHaveProperty('customerReference');
  });

  it.each([
    ['is missing where it is required', 'required', ''],
    ['is not one', 'optional', 'Žymuo'],
    ['is too long', 'optional', 'x'.repeat(101)],
  ] as const)('lets nobody begin while it %s', async (_why, rule, text) => {
    const flow = await atDesk(rule);
    await flow.send(typed(text), START, read(text === '' ? 'Žymuo' : text));
    expect(flow.place()).toBe('attract');
  });

  it('is not taken from a reader where customers stand alone', async () => {
    const flow = await atDesk('off');
    await flow.send(read('LT-4711'));
    expect(flow.place()).toBe('attract');
  });

  it('SEC-22 never reaches the next customer: not when it was typed and left, nor when a session ends', async () => {
    const flow = await atDesk('optional');
    await flow.send(typed('LT-4711'));
    await flow.pass(61_000);
    expect(flow.context().typedReference).toBe('');
    await flow.send(typed('LT-4711'), START, { type: 'END' });
    expect(flow.place()).toBe('attract');
    expect(flow.context().typedReference).toBe('');
    await flow.send(typed('LT-4711'), { type: 'OPERATOR' });
    flow.actor.getSnapshot().children.operator?.send({ type: 'LEAVE' });
    await flow.pass(0);
    expect(flow.context().typedReference).toBe('');
  });
});
