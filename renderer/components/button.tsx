/** The one push button of the product. Must never be smaller than a finger (styles/controls.css). */
import type { ComponentProps, ReactNode } from 'react';

/** What a control does, as tests and assistive tools find it: `data-action`. */
type ActionName =
  | 'start'
  | 'accept'
  | 'decline'
  | 'choose'
  | 'change-document'
  | 'shoot'
  | 'retake'
  | 'submit'
  | 'done'
  | 'retry'
  | 'back'
  | 'skip'
  | 'end'
  | 'document'
  | 'token'
  | 'choose-camera'
  | 'choose-scanner'
  | 'use-scanner'
  | 'scan'
  | 'cancel-scan'
  | 'camera'
  | 'search'
  | 'turn'
  | 'operator'
  | 'enter'
  | 'create-pin'
  | 'create-vault'
  | 'store'
  | 'test'
  | 'remove'
  | 'keep'
  | 'confirm'
  | 'resend'
  | 'discard'
  | 'resume'
  | 'self-test'
  | 'export'
  | 'newest'
  | 'older'
  | 'set-pin'
  | 'remove-pin'
  | 'leave'
  | 'exit'
  | 'unlock'
  | 'continue'
  | 'start-over';

type ButtonProps = Omit<ComponentProps<'button'>, 'className' | 'style'> & {
  readonly action: ActionName;
  /** `primary`: the one thing to do here. `secondary`: another way. `quiet`: a way out. */
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
};

/** A push button. `type` is `button` unless said otherwise, so that it never submits by accident. */
export const Button = ({
  action,
  look = 'secondary',
  icon,
  children,
  type = 'button',
  ...rest
}: ButtonProps): ReactNode => (
  <button {...rest} type={type} className={`button button-${look}`} data-action={action}>
    {icon}
    <span>{children}</span>
  </button>
);
