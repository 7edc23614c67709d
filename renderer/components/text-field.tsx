/**
 * The one text input of the product, with label, hint and error.
 * SECURITY: SEC-19: nothing typed here is completed, corrected, translated or remembered.
 */
import { useId, type FocusEventHandler, type ReactNode } from 'react';
import { useSpokenNotice } from '../speech/spoken.tsx';

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** Repeats the label inside where the label itself is hidden from the eye. */
  readonly placeholder?: string;
  readonly error?: string | null;
  /** Secrets are of type `password` and can't be revealed. */
  readonly type?: 'text' | 'password';
  readonly inputMode?: 'text' | 'numeric' | 'search';
  readonly maxLength: number;
  readonly disabled?: boolean;
  readonly required?: boolean;
  /** Text in the field; with `onText`. Without both the form reads the field when it is sent. */
  readonly value?: string;
  readonly onText?: (text: string) => void;
  readonly onFocus?: FocusEventHandler<HTMLInputElement>;
  readonly icon?: ReactNode;
  /** Takes the focus when it appears: the screen begins with typing. */
  readonly isFirst?: boolean;
}

const focusOnEntry = (input: HTMLInputElement | null): void => {
  input?.focus();
};

/** A text input with its label above and its hint and error below, tied together for screen readers. */
export const TextField = ({
  name,
  label,
  hint,
  placeholder,
  error = null,
  type = 'text',
  inputMode = 'text',
  maxLength,
  disabled = false,
  required = false,
  value,
  onText,
  onFocus,
  icon,
  isFirst = false,
}: TextFieldProps): ReactNode => {
  const id = useId();
  useSpokenNotice(error);
  const described = [
    hint === undefined ? '' : `${id}-hint`,
    error === null ? '' : `${id}-error`,
  ].filter((part) => part !== '');
  return (
    <div className="field" data-invalid={error === null ? undefined : ''}>
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        {icon}
        <input
          ref={isFirst ? focusOnEntry : null}
          id={id}
          name={name}
          type={type}
          inputMode={inputMode}
          placeholder={placeholder}
          maxLength={maxLength}
          disabled={disabled}
          required={required}
          {...(value === undefined ? {} : { value })}
          onChange={onText && ((event) => onText(event.currentTarget.value))}
          onFocus={onFocus}
          aria-invalid={error !== null}
          aria-describedby={described.length === 0 ? undefined : described.join(' ')}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          translate="no"
        />
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error !== null && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
