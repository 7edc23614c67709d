/** What staff calls a customer by, as the contract checks it again in main (customer-reference.ts there). */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import { LIMITS } from '../../preload/contract/limits.ts';

const REFERENCE_FORM = new RegExp(`^[\\x20-\\x7e]{1,${LIMITS.customerReferenceMaxChars}}$`);

/** Whether a text can be a reference; spaces around it are no part of it. */
export const isReference = (text: string): boolean => REFERENCE_FORM.test(text.trim());

/** The reference in what was typed; null in nothing. */
export const referenceIn = (typed: string): string | null => {
  const text = typed.trim();
  return text === '' ? null : text;
};

/** Whether a customer may begin with what was typed. */
export const isReferenceTaken = (
  rule: AppStatus['customerReference'] | undefined,
  typed: string,
): boolean => {
  const reference = referenceIn(typed);
  return reference === null ? rule !== 'required' : isReference(reference);
};
