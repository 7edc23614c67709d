/** The page is a kiosk, not a document: no menu opens on it, nothing is dragged out of it or into it. */
// SECURITY: SEC-16
const HANDLING = ['contextmenu', 'dragstart', 'dragover', 'drop'] as const;

const refuse = (event: Event): void => {
  event.preventDefault();
};

/** Guards the page for as long as it lives. What may be selected is said by the styles (`base.css`). */
export const guardPage = (): void => {
  for (const type of HANDLING) window.addEventListener(type, refuse, { capture: true });
};
