/** Chooses another camera. Shows only cameras that may be used; the caller left the others out. */
import { useState, type ReactNode } from 'react';
import type { CameraIdentity } from '../../preload/contract/vocabulary.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface CameraListProps {
  readonly cameras: readonly CameraIdentity[];
  readonly cameraId: string | null;
  readonly onChooseCamera: (deviceId: string) => void;
}

/** All cameras as buttons, the one in use marked. */
export const CameraList = ({ cameras, cameraId, onChooseCamera }: CameraListProps): ReactNode => {
  const { t } = useI18n();
  return (
    <div className="camera-list" role="group" aria-label={t('camera.choose')}>
      {cameras.map(({ deviceId, label }, index) => (
        <button
          key={deviceId}
          type="button"
          className="camera-option"
          data-camera-id={deviceId}
          aria-pressed={deviceId === cameraId}
          onClick={() => onChooseCamera(deviceId)}
        >
          <Icon name={deviceId === cameraId ? 'check' : 'camera'} />
          <bdi translate="no">
            {label === '' ? t('camera.unnamed', { number: index + 1 }) : label}
          </bdi>
        </button>
      ))}
    </div>
  );
};

/** A button that opens the list. Nothing where there is no other camera. */
export const CameraChoice = ({ cameras, cameraId, onChooseCamera }: CameraListProps): ReactNode => {
  const { t } = useI18n();
  const [isOpen, setIsOpen] = useState(false);
  if (cameras.every(({ deviceId }) => deviceId === cameraId)) return null;
  return (
    <div className="camera-choice">
      <Button
        action="choose-camera"
        look="quiet"
        icon={<Icon name="camera" />}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('camera.choose')}
      </Button>
      {isOpen && (
        <CameraList
          cameras={cameras}
          cameraId={cameraId}
          onChooseCamera={(deviceId) => {
            setIsOpen(false);
            onChooseCamera(deviceId);
          }}
        />
      )}
    </div>
  );
};
