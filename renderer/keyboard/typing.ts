/** Types into a field as a person would: at the caret, within its length, and heard by whoever listens to it. */

/** Kinds of input that take text. */
const TEXT_FIELD = 'input:is([type="text"], [type="password"], [type="search"])';

/** The field something can be typed into, if the element is one. A form with a pad of its own needs no keyboard. */
export const typingField = (element: EventTarget | null): HTMLInputElement | null =>
  element instanceof HTMLInputElement &&
  element.matches(TEXT_FIELD) &&
  !element.disabled &&
  (element.form?.querySelector('.pin-pad') ?? null) === null
    ? element
    : null;

const replace = (field: HTMLInputElement, text: string, start: number, end: number): void => {
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
};

/** Puts text at the caret, in place of what is selected. What goes over the field's length is left out. */
export const typeText = (field: HTMLInputElement, text: string): void => {
  const { value, maxLength, selectionStart, selectionEnd } = field;
  const start = selectionStart ?? value.length;
  const end = selectionEnd ?? value.length;
  const isTooLong = maxLength >= 0 && value.length - (end - start) + text.length > maxLength;
  if (!isTooLong) replace(field, text, start, end);
};

/** Takes away what is selected, or the character before the caret. */
export const deleteText = (field: HTMLInputElement): void => {
  const { value, selectionStart, selectionEnd } = field;
  const end = selectionEnd ?? value.length;
  const start = selectionStart ?? value.length;
  if (end > 0) replace(field, '', start === end ? start - 1 : start, end);
};
