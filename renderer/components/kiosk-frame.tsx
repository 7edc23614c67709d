/**
 * What surrounds every screen: the bank's name, what the outbox asks of staff, progress, the way to start over, the training mark
 * and the hidden corner of the operator. Must never know which screen it holds.
 */
import { useRef, type PointerEvent, type ReactNode } from 'react';
import type { OutboxSummary } from '../../preload/contract/outbox-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { OutboxBadge } from './outbox-badge.tsx';
import { ProgressSteps, type Progress } from './progress-steps.tsx';
import { TrainingBand, TrainingWatermark } from './training-mark.tsx';

/** The operator's gesture: so many taps in the top-left corner within this time. Own decision. */
const GESTURE = { taps: 5, withinMs: 3000, cornerPx: 96 } as const;

interface KioskFrameProps {
  readonly environment: Environment;
  readonly bankName: string;
  /** Null where no staff stands at the kiosk. */
  readonly outbox: OutboxSummary | null;
  readonly progress: Progress | null;
  /** Null where there is nothing to start over. */
  readonly onStartOver: (() => void) | null;
  readonly onOperatorGesture: () => void;
  readonly children: ReactNode;
}

/** Calls `onGesture` at the last of the taps; taps elsewhere don't count. */
const useCornerTaps = (onGesture: () => void): ((event: PointerEvent) => void) => {
  const tapTimesMs = useRef<number[]>([]);
  return ({ clientX, clientY, timeStamp }) => {
    if (clientX > GESTURE.cornerPx || clientY > GESTURE.cornerPx) return;
    const recent = tapTimesMs.current.filter((atMs) => timeStamp - atMs < GESTURE.withinMs);
    recent.push(timeStamp);
    const isComplete = recent.length >= GESTURE.taps;
    tapTimesMs.current = isComplete ? [] : recent;
    if (isComplete) onGesture();
  };
};

/** Frames a screen. */
export const KioskFrame = ({
  environment,
  bankName,
  outbox,
  progress,
  onStartOver,
  onOperatorGesture,
  children,
}: KioskFrameProps): ReactNode => {
  const { t } = useI18n();
  const onPointerDown = useCornerTaps(onOperatorGesture);
  return (
    <div className="frame" data-environment={environment} onPointerDownCapture={onPointerDown}>
      {environment === 'training' && <TrainingBand />}
      <header className="frame-header">
        <p className="frame-bank">{bankName}</p>
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
      {environment === 'training' && <TrainingWatermark />}
    </div>
  );
};
