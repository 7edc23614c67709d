/** How the training simulator is set up for a bank: as Mark ID has set its account up. */
import type { CaptureStep } from '../../preload/contract/vocabulary.ts';
import type { Policy } from '../settings/policy.ts';
import type { SimulatorOptions } from './simulator.ts';

/** A bill is asked for with a token, and no account needs one. */
const ofTheAccount = (step: CaptureStep): boolean => step !== 'UTILITY_BILL';

/** The pictures the policy asks for are those that are needed, and its way to a token is known. */
export const practiceOf = ({
  documents,
  tokens,
}: Policy): Pick<SimulatorOptions, 'requiredSteps' | 'takesHandedTokens'> => ({
  requiredSteps: Object.fromEntries(
    Object.entries(documents.steps).map(([type, { required }]) => [
      type,
      required.filter(ofTheAccount),
    ]),
  ),
  takesHandedTokens: tokens.source === 'handoff',
});
