import { describe, expect, it } from 'vitest';
import { describePolicy } from '../../../../main/settings/describe-policy.ts';
import { DEFAULT_OPERATOR_SETTINGS } from '../../../../main/settings/operator-settings.ts';
import { parsePolicy } from '../../../../main/settings/policy.ts';
import { appStatus } from '../../../../preload/contract/app-channels.ts';
import { QUALITY_LIMITS } from '../../../../preload/contract/quality-limits.ts';
import { fail } from '../../../../preload/contract/result.ts';

const shownFor = (quality: unknown) => {
  const policy = parsePolicy(quality === undefined ? {} : { quality });
  return policy.ok ? describePolicy(policy.value, null, DEFAULT_OPERATOR_SETTINGS).quality : policy;
};

describe('what is good enough in a picture', () => {
  it('is as shipped where the policy says nothing, and every line crosses the border', () => {
    const shown = shownFor(undefined);
    expect(shown).toEqual(QUALITY_LIMITS);
    expect(appStatus.shape.quality.parse(shown)).toEqual(QUALITY_LIMITS);
  });

  it('moves by one end of one measure, and all else stays', () => {
    const { document, face } = QUALITY_LIMITS;
    expect(shownFor({ document: { lightMean: { least: 80 } } })).toEqual({
      document: { ...document, lightMean: { least: 80, most: document.lightMean.most } },
      face,
    });
  });

  it.each([
    ['a measure that is none', { document: { sharpness: { least: 1 } } }],
    ['a range that is none', { face: { luminanceMean: { least: 220 } } }],
    ['a word for a number', { face: { luminanceMean: { least: '60' } } }],
  ])('refuses %s', (_what, quality) => {
    expect(shownFor(quality)).toEqual(fail('POLICY_INVALID'));
  });
});
