/** The aids belong to one customer: kept all the way, gone with them. */
import { describe, expect, it } from 'vitest';
import { STANDARD_AIDS } from '../../../../renderer/flow/aids.ts';
import type { PersonEvent } from '../../../../renderer/flow/session-context.ts';
import { startFlow, SUBMIT, TO_CAPTURE, TO_REVIEW } from './start-flow.ts';

const LARGE: PersonEvent = { type: 'AIDS.CHOSEN', aids: { textSize: 200 } };
const DARK: PersonEvent = { type: 'AIDS.CHOSEN', aids: { isHighContrast: true } };
const CHOSEN = { ...STANDARD_AIDS, textSize: 200, isHighContrast: true };

describe('aids', () => {
  it('are chosen one by one on any screen, and stay until the receipt', async () => {
    const flow = await startFlow();
    await flow.send(LARGE);
    await flow.send(...TO_CAPTURE, DARK);
    expect(flow.context().aids).toEqual(CHOSEN);
    await flow.send(...TO_REVIEW.slice(TO_CAPTURE.length), SUBMIT);
    expect(flow.place()).not.toContain('customer');
    expect(flow.context().aids).toEqual(CHOSEN);
  });

  it('SEC-29: are gone with the customer whom silence has wiped', async () => {
    const flow = await startFlow();
    await flow.send(LARGE, DARK, ...TO_CAPTURE);
    await flow.pass(61_000);
    expect(flow.place()).toBe('attract');
    expect(flow.context().aids).toEqual(STANDARD_AIDS);
  });

  it('are gone when somebody chose them, began nothing and walked away', async () => {
    const flow = await startFlow();
    await flow.send({ type: 'ACTIVITY' }, LARGE, DARK);
    await flow.pass(61_000);
    expect(flow.context().aids).toEqual(STANDARD_AIDS);
  });

  it('are gone when the customer ends the visit', async () => {
    const flow = await startFlow();
    await flow.send(DARK, ...TO_CAPTURE, { type: 'START_OVER.ASKED' }, { type: 'END' });
    expect(flow.place()).toBe('attract');
    expect(flow.context().aids).toEqual(STANDARD_AIDS);
  });

  it('SEC-27: are there again for the same customer when the page has to come back', async () => {
    const flow = await startFlow();
    await flow.send(LARGE, ...TO_CAPTURE, DARK);
    const { view } = flow.kiosk;
    expect(view.aids).toEqual(CHOSEN);
    const next = await startFlow((kiosk) => {
      kiosk.view = view;
    });
    expect(next.context().aids).toEqual(CHOSEN);
    await next.send({ type: 'START_OVER.ASKED' }, { type: 'END' });
    expect(next.kiosk.view.aids).toBeNull();
    const after = await startFlow((kiosk) => {
      kiosk.view = next.kiosk.view;
    });
    expect(after.context().aids).toEqual(STANDARD_AIDS);
  });

  it('are told to nobody before there is a session to keep them with', async () => {
    const flow = await startFlow();
    await flow.send(LARGE, DARK);
    expect(flow.kiosk.calls).not.toContain('session:keep-aids');
  });
});
