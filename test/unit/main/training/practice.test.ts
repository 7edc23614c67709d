/** A kiosk without credentials practises what its own bank's policy asks for, to the very end. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { photograph, toSharp } from '../../../support/pictures.ts';

const jpeg = Uint8Array.from(
  await toSharp(photograph({ widthPx: 1920, heightPx: 1080 }, 5))
    .jpeg()
    .toBuffer(),
);

// Only now: from its import on, nothing but pictures of cameras and scanners is decoded in this process.
const { makeKiosk } = await import('../../../support/kiosk.ts');

it.each([
  ['the bank hands its tokens over', { tokens: { source: 'handoff' } }, 'handed-000001'],
  ['its tokens are minted', {}, undefined],
] as const)('delivers a passport’s page alone where %s', async (_what, policy, authToken) => {
  const { kiosk, handlers } = makeKiosk({
    ...policy,
    documents: { steps: { PASSPORT: { required: ['FRONT'] } } },
  });
  await kiosk.start();
  onTestFinished(() => kiosk.stop());
  expect(kiosk.status().environment).toBe('training');
  await handlers['session:start-session']({
    language: 'en',
    consentVersion: kiosk.status().consent.version,
    ...(authToken === undefined ? {} : { token: { authToken } }),
  });
  await handlers['session:choose-document']({ country: 'LT', documentType: 'PASSPORT' });
  await handlers['capture:store-picture']({
    step: 'FRONT',
    source: 'camera',
    bytes: Uint8Array.from(jpeg),
  });
  expect((await handlers['session:submit-session'](undefined)).ok).toBe(true);
  await vi.waitFor(() => expect(kiosk.session.view().state).toBe('delivered'), 20_000);
});
