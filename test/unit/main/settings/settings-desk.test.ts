/** What staff may set on the device, and that the policy always comes first. */
import { describe, expect, it } from 'vitest';
import { loadPolicyOrLastGood } from '../../../../main/settings/last-good-policy.ts';
import {
  DEFAULT_OPERATOR_SETTINGS,
  type OperatorSettings,
  type SettingsStore,
} from '../../../../main/settings/operator-settings.ts';
import { SettingsDesk } from '../../../../main/settings/settings-desk.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import type { SettingChange } from '../../../../preload/contract/settings-channels.ts';
import { MemoryDisk } from '../../../support/memory-disk.ts';

const PATH = '/etc/mark-id-kiosk/policy.json';

const read = (policy: string | null, disk = new MemoryDisk()) => {
  if (policy !== null) disk.put(PATH, policy);
  return loadPolicyOrLastGood({ disk, platform: 'linux', env: {}, userId: 1000 }, disk, '/data');
};

const storeOf = (damaged?: OperatorSettings): SettingsStore => {
  let stored = DEFAULT_OPERATOR_SETTINGS;
  let isDamaged = damaged !== undefined;
  return {
    load: () => (isDamaged ? fail('SETTINGS_DAMAGED') : ok(stored)),
    lastGood: () => damaged ?? stored,
    save: (next) => {
      if (isDamaged) return fail('SETTINGS_DAMAGED');
      stored = next;
      return ok(null);
    },
    reset: () => {
      isDamaged = false;
      return ok(null);
    },
  };
};

/** A desk under a policy, with these choices made at it. */
const deskUnder = async (policy: string | null, ...changes: readonly SettingChange[]) => {
  const desk = new SettingsDesk(storeOf());
  const loaded = await read(policy);
  desk.begin(loaded);
  const answers = changes.map((change) => desk.change(change));
  desk.begin(loaded);
  return { desk, answers };
};

const CHOICES = [
  { setting: 'mode', value: 'teller' },
  { setting: 'language', value: 'lt' },
  { setting: 'onScreenKeyboard', value: 'never' },
] as const satisfies readonly SettingChange[];

describe('a setting that staff chose', () => {
  it('holds where the policy says nothing, and is told to be set here', async () => {
    const { desk, answers } = await deskUnder('{"brand":{"name":"A Bank"}}', ...CHOICES);
    expect(answers).toEqual([ok(null), ok(null), ok(null)]);
    expect(desk.policy).toMatchObject({
      mode: 'teller',
      languages: { preferred: 'lt' },
      onScreenKeyboard: 'never',
    });
    expect(desk.view().settings).toMatchObject({
      mode: { value: 'teller', source: 'operator' },
      language: { value: 'lt', source: 'operator' },
      onScreenKeyboard: { value: 'never', source: 'operator' },
      bank: { value: 'A Bank', source: 'policy' },
      maxItems: { value: 1000, source: 'default' },
    });
  });

  it('is given up for the shipped one', async () => {
    const { desk } = await deskUnder(null, CHOICES[0], { setting: 'mode', value: null });
    expect(desk.view().settings.mode).toEqual({ value: 'self-service', source: 'default' });
  });

  it('never wins over the policy, which refuses it also where it says the shipped value', async () => {
    const policy =
      '{"mode":"self-service","languages":{"preferred":"en"},"onScreenKeyboard":"auto"}';
    const { desk, answers } = await deskUnder(policy, ...CHOICES);
    expect(answers).toEqual(CHOICES.map(() => fail('SETTING_FIXED')));
    expect(desk.view().settings.mode).toEqual({ value: 'self-service', source: 'policy' });
  });

  it('gives way to a policy that decides later, and is there again when it no longer does', async () => {
    const desk = new SettingsDesk(storeOf());
    desk.begin(await read('{}'));
    desk.change(CHOICES[0]);
    desk.begin(await read('{"mode":"front-desk"}'));
    expect(desk.policy.mode).toBe('front-desk');
    desk.begin(await read('{}'));
    expect(desk.policy.mode).toBe('teller');
  });

  it('is no language that the policy does not offer', async () => {
    const offered = '{"languages":{"offered":["en","de"]}}';
    const { desk, answers } = await deskUnder(offered, CHOICES[1]);
    expect(answers).toEqual([fail('SETTING_FIXED')]);
    const later = new SettingsDesk(storeOf());
    later.begin(await read('{}'));
    later.change(CHOICES[1]);
    later.begin(await read(offered));
    expect(later.view().settings.language).toEqual({ value: 'en', source: 'default' });
    expect(desk.policy.languages.preferred).toBe('en');
  });
});

describe('the view', () => {
  it('tells which policy holds, and no path of it', async () => {
    const { desk } = await deskUnder('{}');
    expect(desk.view().policy).toEqual({
      state: 'in-force',
      place: 'usual',
      isSigned: false,
      refused: null,
    });
    expect((await deskUnder(null)).desk.view().policy.place).toBe('none');
    expect(JSON.stringify(desk.view())).not.toContain('/etc');
  });

  it('tells that the last good policy holds, or none', async () => {
    const disk = new MemoryDisk();
    const desk = new SettingsDesk(storeOf());
    desk.begin(await read('{"mode":"teller"}', disk));
    desk.begin(await read('{', disk));
    expect(desk.view()).toMatchObject({
      policy: { state: 'last-good', refused: 'POLICY_NOT_JSON' },
      settings: { mode: { value: 'teller', source: 'policy' } },
    });
    desk.begin(await read('{'));
    expect(desk.view().policy).toEqual({
      state: 'refused',
      place: null,
      isSigned: false,
      refused: 'POLICY_NOT_JSON',
    });
    expect(desk.change(CHOICES[0])).toEqual(fail('SETTING_FIXED'));
  });

  it('REC-05 holds the last good choices of a damaged file until staff begins anew', async () => {
    const desk = new SettingsDesk(storeOf({ ...DEFAULT_OPERATOR_SETTINGS, mode: 'teller' }));
    desk.begin(await read('{}'));
    expect(desk.view().isDamaged).toBe(true);
    expect(desk.policy.mode).toBe('teller');
    expect(desk.change(CHOICES[0])).toEqual(fail('SETTINGS_DAMAGED'));
    expect(desk.reset()).toEqual(ok(null));
    desk.begin(await read('{}'));
    expect(desk.view()).toMatchObject({
      isDamaged: false,
      settings: { mode: { value: 'self-service', source: 'default' } },
    });
  });

  it('tells the camera and the scanner that are remembered, or that the policy pins one', async () => {
    const { desk } = await deskUnder('{}');
    desk.remember({ camera: { deviceId: 'x', label: 'Document camera' } });
    expect(desk.view().settings.camera).toEqual({ value: 'Document camera', source: 'operator' });
    desk.remember({ camera: null });
    expect(desk.view().settings.camera).toEqual({ value: null, source: 'default' });
    const pinned = await deskUnder('{"camera":{"pinnedLabel":"BRIO"}}');
    expect(pinned.desk.view().settings.camera).toEqual({ value: 'BRIO', source: 'policy' });
  });
});
