/** The one door of the renderer to main. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CHANNEL_NAMES } from '../../../preload/contract/channel-names.ts';
import { fail } from '../../../preload/contract/result.ts';
import { exposedKiosk, guardKiosk } from '../../../renderer/kiosk-api.ts';
import { FakeKiosk } from '../../support/fake-kiosk.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('guardKiosk', () => {
  it('keeps every call, with its request and its answer', async () => {
    const fake = new FakeKiosk();
    const kiosk = guardKiosk(fake.api);
    const names = Object.values(kiosk).flatMap((area) => Object.keys(area));
    expect(names.filter((name) => !/^on[A-Z]/.test(name))).toHaveLength(CHANNEL_NAMES.length);
    await kiosk.session.startSession({ language: 'en', consentVersion: '1' });
    expect(fake.requests.get('session:start-session')).toEqual({
      language: 'en',
      consentVersion: '1',
    });
    fake.failNext('app:get-status', 'BUSY');
    expect(await kiosk.app.getStatus()).toEqual(fail('BUSY'));
  });

  it('answers INTERNAL_FAULT for a call that was rejected, without its words', async () => {
    const fake = new FakeKiosk();
    fake.rejectNext('app:get-status');
    expect(await guardKiosk(fake.api).app.getStatus()).toEqual(fail('INTERNAL_FAULT'));
  });

  it('lets a listener be taken away again', () => {
    const fake = new FakeKiosk();
    const stop = guardKiosk(fake.api).app.onStatusChanged(() => {});
    expect(fake.listeners()).toBe(1);
    stop();
    expect(fake.listeners()).toBe(0);
  });

  it('can not be changed by a script of the page', () => {
    expect(Object.isFrozen(guardKiosk(new FakeKiosk().api))).toBe(true);
  });
});

describe('exposedKiosk', () => {
  it('gives what the preload exposed', async () => {
    vi.stubGlobal('window', { kiosk: new FakeKiosk().api });
    expect((await exposedKiosk().app.getStatus()).ok).toBe(true);
  });

  it('throws where the preload exposed nothing', () => {
    vi.stubGlobal('window', {});
    expect(() => exposedKiosk()).toThrow('window.kiosk');
  });
});
