/** The capture screen over the live camera, or the camera's problem with the ways on from it. */
import type { ReactNode } from 'react';
import type { CameraController, CameraSnapshot } from './camera/camera-controller.ts';
import { LiveVideo } from './camera/live-video.tsx';
import { currentStep } from './flow/session-context.ts';
import type { SessionActor, SessionSnapshot } from './flow/session-machine.ts';
import { canSkip } from './flow/steps.ts';
import { CameraProblemScreen } from './screens/camera-problem-screen.tsx';
import { CaptureScreen } from './screens/capture-screen.tsx';

interface AppCaptureProps {
  readonly actor: SessionActor;
  readonly snapshot: SessionSnapshot;
  readonly camera: CameraController;
  readonly cameraState: CameraSnapshot;
}

/** One step of the capture. */
export const AppCapture = ({
  actor,
  snapshot,
  camera,
  cameraState,
}: AppCaptureProps): ReactNode => {
  const { context } = snapshot;
  const entry = currentStep(context);
  if (entry === undefined || context.view === null) return null;
  const { step } = entry;
  const isStoring = snapshot.matches({ customer: { capture: 'shooting' } });
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
      documentType={context.view.documentType ?? 'OTHER'}
      live={<LiveVideo attach={camera.attach} isMirrored={step === 'FACE'} />}
      phase={isStoring ? 'storing' : cameraState.phase === 'live' ? 'live' : 'starting'}
      error={context.error}
      cameras={cameraState.cameras}
      cameraId={cameraState.cameraId}
      onShoot={() => {
        actor.send({ type: 'SHOOT' });
      }}
      onChooseCamera={camera.choose}
      onBack={goBack}
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
