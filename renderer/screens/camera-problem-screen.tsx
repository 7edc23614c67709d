/** Says what is wrong with the camera and every way on: again, another camera, back, staff. */
import type { ReactNode } from 'react';
import type { CameraIdentity } from '../../preload/contract/vocabulary.ts';
import type { CameraProblem } from '../camera/camera-problem.ts';
import { Button } from '../components/button.tsx';
import { CameraList } from '../components/camera-choice.tsx';
import { Icon } from '../components/icon.tsx';
import { StaffNote } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import { CameraProblemArt } from '../components/state-art.tsx';
import { useI18n } from '../i18n/i18n.tsx';

interface CameraProblemScreenProps {
  readonly problem: CameraProblem;
  /** Cameras that may be used and are there. */
  readonly cameras: readonly CameraIdentity[];
  readonly onRetry: () => void;
  readonly onChooseCamera: (deviceId: string) => void;
  readonly onBack: () => void;
}

/** A camera's trouble, for customer and staff. */
export const CameraProblemScreen = ({
  problem,
  cameras,
  onRetry,
  onChooseCamera,
  onBack,
}: CameraProblemScreenProps): ReactNode => {
  const { t } = useI18n();
  return (
    <Screen
      key={problem}
      name="camera-problem"
      title={t(`camera.${problem}.title`)}
      lead={t(`camera.${problem}.customer`)}
      art={<CameraProblemArt problem={problem} />}
      data={{ 'data-problem': problem }}
      actions={
        <>
          <Button action="retry" look="primary" icon={<Icon name="again" />} onClick={onRetry}>
            {t('action.retry')}
          </Button>
          <Button action="back" look="quiet" icon={<Icon name="back" />} onClick={onBack}>
            {t('action.back')}
          </Button>
        </>
      }
    >
      {cameras.length > 0 && (
        <section className="camera-others">
          <h2>{t('camera.choose')}</h2>
          <CameraList cameras={cameras} cameraId={null} onChooseCamera={onChooseCamera} />
        </section>
      )}
      <StaffNote code={problem}>{t(`camera.${problem}.staff`)}</StaffNote>
    </Screen>
  );
};
