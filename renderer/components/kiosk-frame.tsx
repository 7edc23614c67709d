/**
 * What surrounds every screen: the bank's name or logo, what the outbox asks of staff, progress, the way to start over, the
 * aids, the training mark and the hidden corner of the operator. Must never know which screen it holds.
 */
import { useRef, type PointerEvent, type ReactNode } from 'react';
import type { Brand } from '../../preload/contract/app-channels.ts';
import type { OutboxSummary } from '../../preload/contract/outbox-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { OutboxBadge } from './outbox-badge.tsx';
import { ProgressSteps, type Progress } from './progress-steps.tsx';
import { TrainingBand, TrainingWatermark } from './training-mark.tsx';

/**
 * The operator's gesture: so many taps within this time in the top corner where lines begin, which
 * no control stands in. Own decision.
 */
const GESTURE = { taps: 5, withinMs: 3000, cornerPx: 96 } as const;

interface KioskFrameProps {
  readonly environment: Environment;
  /** Null until main has said it. */
  readonly brand: Brand | null;
  /** Null where no staff stands at the kiosk. */
  readonly outbox: OutboxSummary | null;
  /** What the bank calls the present customer by; null where nobody said. */
  readonly reference: string | null;
  readonly progress: Progress | null;
  /** Null where there is nothing to start over. */
  readonly onStartOver: (() => void) | null;
  readonly onOperatorGesture: () => void;
  /** Text size, contrast and the like; null where nobody's choice can be kept. */
  readonly aids: ReactNode;
  readonly children: ReactNode;
}

/** Calls `onGesture` at the last of the taps; taps elsewhere don't count. */
const useCornerTaps = (onGesture: () => void): ((event: PointerEvent) => void) => {
  const { direction } = useI18n();
  const tapTimesMs = useRef<number[]>([]);
  return ({ clientX, clientY, timeStamp }) => {
    const fromStartPx = direction === 'rtl' ? window.innerWidth - clientX : clientX;
    if (fromStartPx > GESTURE.cornerPx || clientY > GESTURE.cornerPx) return;
    const recent = tapTimesMs.current.filter((atMs) => timeStamp - atMs < GESTURE.withinMs);
    recent.push(timeStamp);
    const isComplete = recent.length >= GESTURE.taps;
    tapTimesMs.current = isComplete ? [] : recent;
    if (isComplete) onGesture();
  };
};

/** The bank's logo, named by its name; else the name itself. */
const BrandMark = ({ brand }: { readonly brand: Brand | null }): ReactNode => {
  if (brand === null || brand.logo === null) {
    return (
      <p className="frame-bank">
        <bdi>{brand?.name}</bdi>
      </p>
    );
  }
  const { path, widthPx, heightPx } = brand.logo;
  return (
    // Its measures keep its place before it is there: nothing moves when it comes.
    <img className="frame-logo" src={path} alt={brand.name} width={widthPx} height={heightPx} />
  );
};

/** Frames a screen. */
export const KioskFrame = ({
  environment,
  brand,
  outbox,
  reference,
  progress,
  onStartOver,
  onOperatorGesture,
  aids,
  children,
}: KioskFrameProps): ReactNode => {
  const { t } = useI18n();
  const onPointerDown = useCornerTaps(onOperatorGesture);
  return (
    <div className="frame" data-environment={environment} onPointerDownCapture={onPointerDown}>
      {environment === 'training' && <TrainingBand />}
      <header className="frame-header">
        <BrandMark brand={brand} />
        {reference !== null && (
          <p className="frame-reference" data-reference={reference}>
            {t('common.customer', { reference })}
          </p>
        )}
        {outbox !== null && <OutboxBadge summary={outbox} />}
        {progress !== null && <ProgressSteps {...progress} />}
        {onStartOver !== null && (
          <Button
            action="start-over"
            look="quiet"
            icon={<Icon name="again" />}
            onClick={onStartOver}
          >
            {t('frame.startOver')}
          </Button>
        )}
      </header>
      <main className="frame-main">{children}</main>
      {aids}
      {environment === 'training' && <TrainingWatermark />}
    </div>
  );
};
