/** From the shutter to the picture of a session, over the real kiosk. */
import { expect, it, onTestFinished } from 'vitest';
import { photograph, toSharp } from '../../../support/pictures.ts';

const jpeg = Uint8Array.from(
  await toSharp(photograph({ widthPx: 1920, heightPx: 1080 }, 5))
    .jpeg()
    .toBuffer(),
);

// Only now: from its import on, nothing but pictures of cameras and scanners is decoded in this process.
const { makeKiosk } = await import('../../../support/kiosk.ts');

const startKiosk = async () => {
  const under = makeKiosk();
  await under.kiosk.start();
  onTestFinished(() => under.kiosk.stop());
  const { handlers } = under;
  const choose = (documentType: 'ID_CARD' | 'PASSPORT') =>
    handlers['session:choose-document']({ country: 'LT', documentType });
  const begin = async (): Promise<void> => {
    const { consent } = under.kiosk.status();
    await handlers['session:start-session']({ language: 'en', consentVersion: consent.version });
    await choose('ID_CARD');
  };
  const shoot = () =>
    handlers['capture:store-picture']({
      step: 'FRONT',
      source: 'camera',
      bytes: Uint8Array.from(jpeg),
    });
  await begin();
  return { ...under, begin, choose, shoot };
};

it('keeps the picture of the step', async () => {
  const { kiosk, shoot } = await startKiosk();
  expect((await shoot()).ok).toBe(true);
  expect(kiosk.session.view().steps[0]?.picture).not.toBeNull();
});

it('SEC-22 gives a picture that is ready only after its customer has gone to nobody else', async () => {
  const { kiosk, handlers, begin, shoot } = await startKiosk();
  const shot = shoot();
  await handlers['session:end-session'](undefined);
  await begin();
  expect(await shot).toMatchObject({ ok: false, error: { code: 'STEP_NOT_EXPECTED' } });
  expect(kiosk.session.view().steps.map(({ picture }) => picture)).toEqual([null, null, null]);
});

it('keeps no picture of a document that was changed for another meanwhile', async () => {
  const { kiosk, choose, shoot } = await startKiosk();
  const shot = shoot();
  await choose('PASSPORT');
  expect((await shot).ok).toBe(false);
  expect(kiosk.session.view().steps[0]?.picture).toBeNull();
});

it('SEC-27 keeps nothing of the customer before a screen that failed too often', async () => {
  const { kiosk, shoot } = await startKiosk();
  await shoot();
  kiosk.markScreenFailing();
  expect(kiosk.status().service).toEqual({ state: 'out-of-service', code: 'SCREEN_FAILING' });
  expect(kiosk.session.view()).toMatchObject({ state: 'idle', steps: [] });
});
