/** The found document or face outlined over the live picture, with what to do about it in words. */
import { useSyncExternalStore, type ReactNode } from 'react';
import type { CaptureWatch } from '../camera/capture-watch.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { useSpokenHint, useSpokenNotice } from '../speech/spoken.tsx';
import type { Hint } from '../vision/shutter/hints.ts';

interface WatchProps {
  readonly watch: CaptureWatch;
  /** What is looked for: a face is shown as in a mirror, and spoken to. */
  readonly subject: 'document' | 'face';
}

/** Lies over the video as the video lies in the scene: whole, centred. */
export const CaptureOverlay = ({ watch, subject }: WatchProps): ReactNode => {
  const { look } = useSyncExternalStore(watch.subscribe, watch.getSnapshot);
  if (look === null || look.quad === null || !look.isAccepted) return null;
  const points = look.quad.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <svg
      className="capture-overlay"
      data-hint={look.hint}
      viewBox={`0 0 ${look.widthPx} ${look.heightPx}`}
      preserveAspectRatio="xMidYMid meet"
      style={subject === 'face' ? { transform: 'scaleX(-1)' } : {}}
      aria-hidden="true"
    >
      <polygon points={points} pathLength={1} />
      {look.progress > 0 && (
        <polygon
          className="capture-overlay-progress"
          points={points}
          pathLength={1}
          strokeDasharray={`${look.progress} 1`}
        />
      )}
    </svg>
  );
};

/** What to do, for eye and ear: the words of the hint, and of a picture that was not kept. */
export const CaptureGuidance = ({ watch, subject }: WatchProps): ReactNode => {
  const { t } = useI18n();
  const { hint, rejection, isManualDue } = useSyncExternalStore(watch.subscribe, watch.getSnapshot);
  const wordsOf = (code: Hint): string =>
    [...(rejection === code ? [t('capture.rejected')] : []), t(`hint.${code}`, { subject })].join(
      ' ',
    );
  const words = hint === null ? null : wordsOf(hint);
  useSpokenHint(words);
  useSpokenNotice(isManualDue ? t('capture.manual') : null);
  if (hint === null) return null;
  return (
    <span className="guidance" data-hint={hint} data-rejection={rejection ?? undefined}>
      {words}
      {isManualDue && hint !== 'KEEP_STILL' ? ` ${t('capture.manual')}` : null}
    </span>
  );
};
