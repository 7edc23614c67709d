/** Reads what was typed into a form. Must never keep it. */

/** The text of the field `name` of a form, or '' where there is none. */
export const formText = (form: HTMLFormElement, name: string): string => {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
};
