/**
 * The outer form of every screen: its name for tests, its one heading, the place of its actions.
 * Entering a screen moves the focus to the heading, so that Tab and screen readers begin there.
 */
import type { ReactNode } from 'react';
import { useSpokenScreen } from '../speech/spoken.tsx';
import { ShortcutPlaceContext } from './key-hint.tsx';
import type { ScreenName } from './screen-names.ts';

const focusOnEntry = (heading: HTMLHeadingElement | null): void => {
  heading?.focus();
  // All that scrolls around it goes back to its beginning: a heading has nothing above it to show.
  heading?.scrollIntoView({ block: 'end' });
};

/** The one h1 of a screen. Takes the focus when it appears, not when its words change language. */
export const ScreenTitle = ({ children }: { readonly children: string }): ReactNode => (
  <h1 ref={focusOnEntry} tabIndex={-1} className="screen-title">
    {children}
  </h1>
);

interface ScreenProps {
  readonly name: ScreenName;
  readonly title: string;
  readonly lead?: string | undefined;
  /** Said aloud after title and lead; nothing that tells of anybody. */
  readonly spoken?: readonly string[];
  /** A drawing beside the heading. */
  readonly art?: ReactNode;
  /** Controls beside the heading. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the primary one first; it is shown at the end of the line. */
  readonly actions?: ReactNode;
  /** More `data-` attributes of the root. */
  readonly data?: Readonly<Record<`data-${string}`, string | undefined>>;
}

/** A screen of heading, content and actions. */
export const Screen = ({
  name,
  title,
  lead,
  spoken,
  art,
  aside,
  children,
  actions,
  data,
}: ScreenProps): ReactNode => {
  useSpokenScreen([title, ...(lead === undefined ? [] : [lead]), ...(spoken ?? [])]);
  return (
    <ShortcutPlaceContext value={name}>
      <section className={`screen screen-${name}`} data-screen={name} {...data}>
        <div className="screen-head">
          {art}
          <div className="screen-words">
            <ScreenTitle>{title}</ScreenTitle>
            {lead !== undefined && <p className="screen-lead">{lead}</p>}
          </div>
          {aside}
        </div>
        {children !== undefined && <div className="screen-body">{children}</div>}
        {actions !== undefined && <div className="screen-actions">{actions}</div>}
      </section>
    </ShortcutPlaceContext>
  );
};
