/**
 * Keys for whoever has none: stands below the field it types into, in the letters of the language.
 * The focus stays in the field under a finger; with Tab and Enter each key is a button.
 */
import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import { Icon } from '../components/icon.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { DIGITS, layoutOf, SYMBOLS } from './layouts.ts';
import { deleteText, typeText } from './typing.ts';
import { useTypingField } from './use-typing-field.ts';

interface KeyProps {
  readonly name: string;
  readonly isPressed?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

const Key = ({ name, isPressed, onPress, children }: KeyProps): ReactNode => (
  <button type="button" className="key" data-key={name} aria-pressed={isPressed} onClick={onPress}>
    {children}
  </button>
);

/** One letter for one: ß has no capital on a keyboard. */
const capitalOf = (letter: string, language: string): string => {
  const capital = letter.toLocaleUpperCase(language);
  return capital.length === 1 ? capital : letter;
};

interface KeysProps {
  readonly field: HTMLInputElement;
  readonly onDone: () => void;
}

/** The keys, in the letters of the language in use. */
export const Keys = ({ field, onDone }: KeysProps): ReactNode => {
  const { t, language } = useI18n();
  const [layer, setLayer] = useState<'letters' | 'latin' | 'symbols'>('letters');
  const [isShifted, setIsShifted] = useState(false);
  const { letters, latin } = layoutOf(language);
  const rows = layer === 'symbols' ? SYMBOLS : layer === 'latin' ? (latin ?? letters) : letters;
  const hasCapitals = rows.some((row) => row !== row.toLocaleUpperCase(language));
  const shown = (letter: string): string => (isShifted ? capitalOf(letter, language) : letter);
  const type = (text: string): void => {
    typeText(field, text);
    setIsShifted(false);
  };
  const finish = (): void => {
    field.form?.requestSubmit();
    onDone();
  };
  const character = (letter: string): ReactNode => (
    <Key key={letter} name={letter} onPress={() => type(shown(letter))}>
      <span translate="no">{shown(letter)}</span>
    </Key>
  );
  return (
    <div
      className="keyboard"
      role="group"
      aria-label={t('keyboard.label')}
      dir="ltr"
      data-keyboard=""
      // A finger on a key takes the focus from no field.
      onMouseDown={(event) => event.preventDefault()}
    >
      <div className="keys">{Array.from(DIGITS, character)}</div>
      <div className="keys">{Array.from(rows[0], character)}</div>
      <div className="keys">{Array.from(rows[1], character)}</div>
      <div className="keys">
        {hasCapitals && (
          <Key name="shift" isPressed={isShifted} onPress={() => setIsShifted(!isShifted)}>
            <Icon name="shift" />
            <span className="visually-hidden">{t('keyboard.shift')}</span>
          </Key>
        )}
        {Array.from(rows[2], character)}
        <Key name="delete" onPress={() => deleteText(field)}>
          <Icon name="delete" />
          <span className="visually-hidden">{t('keyboard.delete')}</span>
        </Key>
      </div>
      <div className="keys">
        <Key
          name="symbols"
          isPressed={layer === 'symbols'}
          onPress={() => setLayer(layer === 'symbols' ? 'letters' : 'symbols')}
        >
          {t('keyboard.symbols')}
        </Key>
        {latin !== null && (
          <Key
            name="latin"
            isPressed={layer === 'latin'}
            onPress={() => setLayer(layer === 'latin' ? 'letters' : 'latin')}
          >
            {t('keyboard.latin')}
          </Key>
        )}
        <Key name="space" onPress={() => type(' ')}>
          {t('keyboard.space')}
        </Key>
        <Key name="done" onPress={finish}>
          {t('keyboard.done')}
        </Key>
      </div>
    </div>
  );
};

/** The keyboard below whatever holds the field: the frame, or a question in front of it. */
export const OnScreenKeyboard = ({
  choice,
}: {
  readonly choice: AppStatus['onScreenKeyboard'];
}): ReactNode => {
  const { field, hide } = useTypingField(choice);
  useEffect(() => {
    if (field === null) return undefined;
    // With its label above it, and below it what was wrong with it.
    const show = (): void => (field.closest('.field') ?? field).scrollIntoView({ block: 'start' });
    show();
    window.addEventListener('resize', show);
    return () => window.removeEventListener('resize', show);
  }, [field]);
  const place = field?.closest('dialog, .frame') ?? null;
  return field === null || place === null
    ? null
    : createPortal(<Keys field={field} onDone={hide} />, place);
};
