/** The capture screen over the live camera, or the camera's problem with the ways on from it. */
import { useEffect, type ReactNode } from 'react';
import type { CameraController, CameraSnapshot } from './camera/camera-controller.ts';
import type { CaptureWatch } from './camera/capture-watch.ts';
import { LiveVideo } from './camera/live-video.tsx';
import { captureSubject, type CaptureSubject } from './components/capture-subject.ts';
import { CaptureGuidance, CaptureOverlay } from './components/capture-overlay.tsx';
import { DoubtNotice } from './components/doubt-notice.tsx';
import { currentStep, isScannerOffered } from './flow/session-context.ts';
import type { SessionActor, SessionSnapshot } from './flow/session-machine.ts';
import { canSkip } from './flow/steps.ts';
import { CameraProblemScreen } from './screens/camera-problem-screen.tsx';
import { CaptureScreen } from './screens/capture-screen.tsx';
import type { Side } from './vision/worker/document-reading.ts';

interface AppCaptureProps {
  readonly actor: SessionActor;
  readonly snapshot: SessionSnapshot;
  readonly camera: CameraController;
  readonly watch: CaptureWatch;
  /** Gets the element of the live picture. */
  readonly attach: (video: HTMLVideoElement | null) => void;
  readonly cameraState: CameraSnapshot;
}

/** Longer sides in millimetres: ISO/IEC 7810 ID-1 and ID-3, ISO 216 A4. A face has none. */
const LONG_SIDE_MM: Readonly<Record<CaptureSubject, number | null>> = {
  CARD_FRONT: 85.6,
  CARD_BACK: 85.6,
  PASSPORT: 125,
  BILL: 297,
  FACE: null,
};

/** Of cards; a page or a sheet has no other side to mistake it for. */
const CARD_SIDE: Readonly<Partial<Record<CaptureSubject, Side>>> = {
  CARD_FRONT: 'front',
  CARD_BACK: 'back',
};

/** One step of the capture. */
export const AppCapture = ({
  actor,
  snapshot,
  camera,
  watch,
  attach,
  cameraState,
}: AppCaptureProps): ReactNode => {
  const { context } = snapshot;
  const entry = currentStep(context);
  const documentType = context.view?.documentType ?? 'OTHER';
  const isStoring = snapshot.matches({ customer: { capture: 'shooting' } });
  const subject = entry === undefined ? null : captureSubject(entry.step, documentType);
  const longSideMm = subject === null ? null : LONG_SIDE_MM[subject];
  const isGlossy = subject !== 'BILL';
  const cardSide = (subject === null ? null : CARD_SIDE[subject]) ?? null;
  const isAiming = cameraState.phase === 'live' && !isStoring;
  const side = isAiming ? entry?.step : undefined;
  useEffect(() => {
    if (side === undefined) return undefined;
    watch.start(
      longSideMm === null ? { side, longSideMm } : { side, longSideMm, isGlossy, cardSide },
    );
    return () => {
      watch.stop();
    };
  }, [watch, side, longSideMm, isGlossy, cardSide]);

  if (entry === undefined || context.view === null) return null;
  const { step } = entry;
  const looksFor = longSideMm === null ? 'face' : 'document';
  const goBack = (): void => {
    actor.send({ type: 'BACK' });
  };

  if (cameraState.problem !== null && !isStoring) {
    return (
      <CameraProblemScreen
        problem={cameraState.problem}
        cameras={cameraState.cameras}
        onRetry={camera.retry}
        onChooseCamera={camera.choose}
        onBack={goBack}
      />
    );
  }
  return (
    <CaptureScreen
      step={step}
      index={context.stepIndex + 1}
      total={context.view.steps.length}
      documentType={documentType}
      live={<LiveVideo attach={attach} isMirrored={step === 'FACE'} />}
      overlay={<CaptureOverlay watch={watch} subject={looksFor} />}
      guidance={<CaptureGuidance watch={watch} subject={looksFor} />}
      notice={
        context.doubt && (
          <DoubtNotice
            doubt={context.doubt}
            onChange={() => {
              actor.send({ type: 'CHANGE_DOCUMENT' });
            }}
          />
        )
      }
      phase={isStoring ? 'storing' : cameraState.phase === 'live' ? 'live' : 'starting'}
      error={context.error}
      cameras={cameraState.cameras}
      cameraId={cameraState.cameraId}
      onShoot={() => {
        actor.send({ type: 'SHOOT' });
      }}
      onChooseCamera={camera.choose}
      onBack={goBack}
      onUseScanner={
        step !== 'FACE' && isScannerOffered(context)
          ? () => {
              actor.send({ type: 'USE_SCANNER' });
            }
          : null
      }
      onSkip={
        canSkip(entry)
          ? () => {
              actor.send({ type: 'SKIP' });
            }
          : null
      }
    />
  );
};
