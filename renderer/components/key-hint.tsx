/** Shows on a button which key presses it, to staff; a customer alone has no keyboard. */
import { createContext, useContext, type ReactNode } from 'react';
import { shortcutOf, type ShortcutKey, type ShortcutPlace } from '../shortcuts/shortcuts.ts';
import { useI18n } from '../i18n/i18n.tsx';
import type { ActionName } from './action-names.ts';

/** Whether shortcuts are there at all. */
export const ShortcutsShown = createContext(false);

/** Where the buttons below stand. */
export const ShortcutPlaceContext = createContext<ShortcutPlace>('frame');

/** The key of a button, for `aria-keyshortcuts` and its hint; null where it has none. */
export const useShortcut = (action: ActionName, isPrimary: boolean): ShortcutKey | null => {
  const isShown = useContext(ShortcutsShown);
  const place = useContext(ShortcutPlaceContext);
  return isShown ? shortcutOf(place, action, isPrimary) : null;
};

/** As the standard names it: UI Events key values. */
export const keyName = (key: ShortcutKey, number: number): string =>
  key === 'Digit' ? String(number) : key;

/** The key as it is printed on a keyboard, drawn by the style: no part of the button's name. `number`: of a digit. */
export const KeyHint = ({
  shortcut,
  number,
}: {
  readonly shortcut: ShortcutKey;
  readonly number: number;
}): ReactNode => {
  const { t } = useI18n();
  return (
    <kbd
      className="key-hint"
      aria-hidden="true"
      data-key={shortcut === 'Digit' ? number : t(`key.${shortcut}`)}
    />
  );
};
