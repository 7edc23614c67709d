/**
 * The page is a kiosk, not a document: no menu opens on it, nothing is dragged out of it or into it, and
 * no window of the system's own comes up before it.
 */
// SECURITY: SEC-16
const HANDLING = ['contextmenu', 'dragstart', 'dragover', 'drop'] as const;

// SECURITY: SEC-17
const DIALOGS = [
  'alert',
  'confirm',
  'prompt',
  'print',
  'showOpenFilePicker',
  'showSaveFilePicker',
  'showDirectoryPicker',
] as const;

const refuse = (event: Event): void => {
  event.preventDefault();
};

const refuseFiles = (event: Event): void => {
  if (event.target instanceof HTMLInputElement && event.target.type === 'file')
    event.preventDefault();
};

/** Guards the page for as long as it lives. What may be selected is said by the styles (`base.css`). */
export const guardPage = (): void => {
  for (const type of HANDLING) window.addEventListener(type, refuse, { capture: true });
  for (const name of DIALOGS) Object.defineProperty(window, name, { value: undefined });
  Object.defineProperty(HTMLInputElement.prototype, 'showPicker', { value: undefined });
  window.addEventListener('click', refuseFiles, { capture: true });
};
