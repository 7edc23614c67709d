/** The live picture with its guide, and the shutter. Must never open a camera itself: `live` is given. */
import type { ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type {
  CameraIdentity,
  CaptureStep,
  DocumentType,
} from '../../preload/contract/vocabulary.ts';
import { Button } from '../components/button.tsx';
import { CameraChoice } from '../components/camera-choice.tsx';
import { CaptureGuide } from '../components/capture-guide.tsx';
import { captureSubject, type CaptureSubject } from '../components/capture-subject.ts';
import { SubjectArt } from '../components/document-art.tsx';
import { Icon } from '../components/icon.tsx';
import { KeyHint, ShortcutPlaceContext, useShortcut } from '../components/key-hint.tsx';
import { ErrorNotice } from '../components/notice.tsx';
import { ScreenTitle } from '../components/screen.tsx';
import type { MessageKey } from '../i18n/catalogues.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { useSpokenHint, useSpokenScreen } from '../speech/spoken.tsx';

interface CaptureScreenProps {
  readonly step: CaptureStep;
  /** Which picture this is, counted from 1 to `total`. */
  readonly index: number;
  readonly total: number;
  readonly documentType: DocumentType;
  /** The running `<video>`. */
  readonly live: ReactNode;
  /** What is seen in the live picture; null where nobody looks. */
  readonly overlay: ReactNode;
  /** What to do to be seen well; null where nobody looks. */
  readonly guidance: ReactNode;
  /** What there is to ask about the document; null for nothing. */
  readonly notice: ReactNode;
  readonly phase: 'starting' | 'live' | 'storing';
  readonly error: ErrorCode | null;
  readonly cameras: readonly CameraIdentity[];
  readonly cameraId: string | null;
  readonly onShoot: () => void;
  readonly onChooseCamera: (deviceId: string) => void;
  readonly onBack: () => void;
  /** Null where the picture is required. */
  readonly onSkip: (() => void) | null;
  /** Null where this picture can't come from a scanner. */
  readonly onUseScanner: (() => void) | null;
}

const PAPER_TIPS: readonly MessageKey[] = [
  'capture.tip.fill',
  'capture.tip.glare',
  'capture.tip.fingers',
];
const FACE_TIPS: readonly MessageKey[] = [
  'capture.tip.light',
  'capture.tip.alone',
  'capture.tip.still',
];

const tipsFor = (subject: CaptureSubject): readonly MessageKey[] =>
  subject === 'FACE' ? FACE_TIPS : PAPER_TIPS;

/** The manual shutter: the one thing to do here. */
const Shutter = ({
  isReady,
  onShoot,
}: {
  readonly isReady: boolean;
  readonly onShoot: () => void;
}): ReactNode => {
  const { t } = useI18n();
  const shortcut = useShortcut('shoot', true);
  return (
    <button
      type="button"
      className="shutter"
      data-action="shoot"
      aria-keyshortcuts={shortcut ?? undefined}
      disabled={!isReady}
      onClick={onShoot}
    >
      <span className="shutter-knob" aria-hidden="true">
        <Icon name="camera" />
      </span>
      <span>{t('capture.shoot')}</span>
      {shortcut !== null && <KeyHint shortcut={shortcut} number={1} />}
    </button>
  );
};

/** One step of taking pictures. */
export const CaptureScreen = ({
  step,
  index,
  total,
  documentType,
  live,
  overlay,
  guidance,
  notice,
  phase,
  error,
  cameras,
  cameraId,
  onShoot,
  onChooseCamera,
  onBack,
  onSkip,
  onUseScanner,
}: CaptureScreenProps): ReactNode => {
  const { t } = useI18n();
  const subject = captureSubject(step, documentType);
  const title = t(`capture.${subject}.title`, { document: documentType });
  const instruction = t(`capture.${subject}.instruction`);
  const isStoring = phase === 'storing';
  const waiting = phase === 'live' ? null : t(`capture.${phase}`);
  useSpokenScreen([title, instruction]);
  useSpokenHint(waiting);
  return (
    <ShortcutPlaceContext value="capture">
      <section className="capture" data-screen="capture" data-step={step} data-phase={phase}>
        <div className="capture-words">
          <p className="capture-progress">{t('capture.progress', { index, total })}</p>
          <ScreenTitle key={step}>{title}</ScreenTitle>
          <div className="capture-instruction">
            <SubjectArt subject={subject} type={documentType} />
            <p>{instruction}</p>
          </div>
          <ul className="capture-tips">
            {tipsFor(subject).map((tip) => (
              <li key={tip}>
                <Icon name="check" />
                {t(tip)}
              </li>
            ))}
          </ul>
        </div>
        <div className="scene" role="img" aria-label={t('capture.live')}>
          {live}
          {overlay}
          <CaptureGuide subject={subject} />
        </div>
        <p className="scene-phase" role="status">
          {waiting ?? guidance}
        </p>
        <div className="capture-controls">
          {notice}
          {error !== null && <ErrorNotice code={error} reader="customer" />}
          <Shutter isReady={phase === 'live'} onShoot={onShoot} />
          <div className="capture-ways">
            <Button
              action="back"
              look="quiet"
              icon={<Icon name="back" />}
              disabled={isStoring}
              onClick={onBack}
            >
              {t('action.back')}
            </Button>
            {onSkip !== null && (
              <Button action="skip" look="quiet" disabled={isStoring} onClick={onSkip}>
                {t('capture.skip')}
              </Button>
            )}
            {onUseScanner !== null && (
              <Button
                action="use-scanner"
                look="quiet"
                icon={<Icon name="scanner" />}
                disabled={isStoring}
                onClick={onUseScanner}
              >
                {t('capture.useScanner')}
              </Button>
            )}
            <CameraChoice cameras={cameras} cameraId={cameraId} onChooseCamera={onChooseCamera} />
          </div>
        </div>
      </section>
    </ShortcutPlaceContext>
  );
};
