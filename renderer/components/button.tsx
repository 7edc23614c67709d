/** The one push button of the product. Must never be smaller than a finger (styles/controls.css). */
import type { ComponentProps, ReactNode } from 'react';
import type { ActionName } from './action-names.ts';
import { KeyHint, keyName, useShortcut } from './key-hint.tsx';

type ButtonProps = Omit<ComponentProps<'button'>, 'className' | 'style'> & {
  readonly action: ActionName;
  /** `primary`: the one thing to do here. `secondary`: another way. `quiet`: a way out. */
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  /** Which of several with this action it is, counted from 1: the digit that presses it. */
  readonly number?: number;
};

/** A push button. `type` is `button` unless said otherwise, so that it never submits by accident. */
export const Button = ({
  action,
  look = 'secondary',
  icon,
  number = 1,
  children,
  type = 'button',
  ...rest
}: ButtonProps): ReactNode => {
  const shortcut = useShortcut(action, look === 'primary');
  return (
    <button
      {...rest}
      type={type}
      className={`button button-${look}`}
      data-action={action}
      aria-keyshortcuts={shortcut === null ? undefined : keyName(shortcut, number)}
    >
      {icon}
      <span>{children}</span>
      {shortcut !== null && <KeyHint shortcut={shortcut} number={number} />}
    </button>
  );
};
