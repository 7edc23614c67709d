/** A question in front of a screen. Keeps focus and Tab inside; Esc is the harmless answer. */
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useSpokenScreen } from '../speech/spoken.tsx';

/** Names of all dialogs, `data-dialog`. */
export type DialogName = 'idle' | 'start-over' | 'item-action' | 'leave-kiosk';

interface ModalProps {
  readonly name: DialogName;
  readonly title: string;
  /** Said aloud when it opens; nothing that tells of anybody. */
  readonly spoken: readonly string[];
  /** The harmless answer, also given by Esc. */
  readonly onDismiss: () => void;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}

/** A modal dialog, open as long as it is rendered. Focus begins on its first button. */
export const Modal = ({
  name,
  title,
  spoken,
  onDismiss,
  children,
  actions,
}: ModalProps): ReactNode => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // After the focus, whose button would cut it off.
  useSpokenScreen(spoken);
  return (
    <dialog
      ref={dialog}
      className="modal"
      role="alertdialog"
      data-dialog={name}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onDismiss();
      }}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      <div id={`${id}-text`} className="modal-text">
        {children}
      </div>
      <div className="modal-actions">{actions}</div>
    </dialog>
  );
};
