/**
 * Catches a screen that broke, at the root: a failure with a way on instead of a white page.
 * Must never show or keep what was thrown: it may hold personal data.
 */
import { Component, type ReactNode } from 'react';
import type { Environment } from '../preload/contract/vocabulary.ts';
import { KioskFrame } from './components/kiosk-frame.tsx';
import { I18nProvider } from './i18n/i18n.tsx';
import { FailureScreen } from './screens/failure-screen.tsx';

interface AppBoundaryProps {
  /** Asked when something broke: how the failure screen is to be shown. */
  readonly describe: () => { readonly language: string; readonly environment: Environment };
  /** Forgets the customer and starts anew. */
  readonly onEnd: () => void;
  readonly children: ReactNode;
}

/** Nobody watches for silence any more once the screens are broken. Own decision: as a receipt. */
const SHOWN_MS = 30_000;

/** Shows the failure screen in place of children that threw, until a person or time ends it. */
export class AppBoundary extends Component<AppBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };
  #timer: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.props.onEnd();
    }, SHOWN_MS);
  }

  override componentWillUnmount(): void {
    clearTimeout(this.#timer);
  }

  override render(): ReactNode {
    const { describe, onEnd, children } = this.props;
    if (!this.state.isBroken) return children;
    const { language, environment } = describe();
    return (
      <I18nProvider language={language}>
        <KioskFrame
          environment={environment}
          brand={null}
          outbox={null}
          reference={null}
          progress={null}
          onStartOver={null}
          onOperatorGesture={onEnd}
          aids={null}
        >
          <FailureScreen code="INTERNAL_FAULT" actions={['end']} isKept={false} onAction={onEnd} />
        </KioskFrame>
      </I18nProvider>
    );
  }
}
