/** The settings that may be set on the device; what the policy decides is shown, and can't be pressed. */
import type { ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { SettingChange } from '../../preload/contract/settings-channels.ts';
import type { ChangeableSetting } from '../../preload/contract/settings-words.ts';
import { Button } from '../components/button.tsx';
import { CameraList } from '../components/camera-choice.tsx';
import { Icon } from '../components/icon.tsx';
import type { RoomSettings, RoomTask } from '../flow/room-tasks.ts';
import { nameOfLanguage } from '../i18n/create-i18n.ts';
import { useI18n } from '../i18n/i18n.tsx';

interface ChoicesPanelProps {
  readonly settings: RoomSettings;
  readonly status: AppStatus;
  readonly isAdministrator: boolean;
  readonly isBusy: boolean;
  readonly onTask: (task: RoomTask) => void;
}

interface Option {
  readonly change: SettingChange;
  readonly label: string;
}

const MODES = ['self-service', 'teller', 'front-desk'] as const;
const KEYBOARDS = ['auto', 'always', 'never'] as const;

const languageOption = (value: string): Option => ({
  change: { setting: 'language', value },
  label: nameOfLanguage(value),
});

/** One of a few, and "as shipped" where staff chose one. */
const Choice = ({
  name,
  settings,
  options,
  isBusy,
  onTask,
}: {
  readonly name: ChangeableSetting;
  readonly settings: RoomSettings;
  readonly options: readonly Option[];
  readonly isBusy: boolean;
  readonly onTask: (task: RoomTask) => void;
}): ReactNode => {
  const { t } = useI18n();
  const { source, value: inForce } = settings.settings[name];
  const isFixed = source === 'policy';
  const change = (to: SettingChange): void => onTask({ task: 'change-setting', change: to });
  return (
    <fieldset className="room-views" disabled={isBusy || isFixed} data-choice={name}>
      <legend>{t(`setting.${name}`)}</legend>
      {options.map(({ change: to, label }) => (
        <button
          key={label}
          type="button"
          className="room-view"
          data-value={to.value}
          translate={to.setting === 'language' ? 'no' : undefined}
          aria-pressed={to.value === inForce}
          onClick={() => change(to)}
        >
          {label}
        </button>
      ))}
      {source === 'operator' && (
        <Button action="forget" look="quiet" onClick={() => change({ setting: name, value: null })}>
          {t('settings.asShipped')}
        </Button>
      )}
      {isFixed && <Fixed />}
    </fieldset>
  );
};

const Fixed = (): ReactNode => {
  const { t } = useI18n();
  return (
    <p className="small fixed">
      <Icon name="lock" />
      {t('settings.fixed')}
    </p>
  );
};

const CameraSetting = ({ settings, status, isBusy, onTask }: ChoicesPanelProps): ReactNode => {
  const { t } = useI18n();
  const { cameras } = settings;
  const { remembered } = status.camera;
  const { source } = settings.settings.camera;
  const inUse =
    cameras.find(({ deviceId }) => deviceId === remembered?.deviceId) ??
    cameras.find(({ label }) => label === remembered?.label);
  return (
    <fieldset className="room-views" disabled={isBusy} data-choice="camera">
      <legend>{t('setting.camera')}</legend>
      {cameras.length === 0 && <p className="small">{t('settings.noCamera')}</p>}
      <CameraList
        cameras={cameras}
        cameraId={inUse?.deviceId ?? null}
        onChooseCamera={(deviceId) => {
          const camera = cameras.find((each) => each.deviceId === deviceId);
          if (camera !== undefined) onTask({ task: 'choose-camera', camera });
        }}
      />
      {remembered !== null && (
        <Button
          action="forget"
          look="quiet"
          onClick={() => onTask({ task: 'choose-camera', camera: null })}
        >
          {t('settings.chooseAnew')}
        </Button>
      )}
      {source === 'policy' && <Fixed />}
    </fieldset>
  );
};

/** Everything staff may set; ways of working, language and keyboard are the administrator's. */
export const ChoicesPanel = (props: ChoicesPanelProps): ReactNode => {
  const { settings, status, isAdministrator, isBusy, onTask } = props;
  const { t } = useI18n();
  const { languages, scanner } = settings.settings;
  const modeOption = (value: (typeof MODES)[number]): Option => ({
    change: { setting: 'mode', value },
    label: t(`mode.${value}`),
  });
  const keyboardOption = (value: (typeof KEYBOARDS)[number]): Option => ({
    change: { setting: 'onScreenKeyboard', value },
    label: t(`onScreenKeyboard.${value}`),
  });
  const rest = { settings, isBusy, onTask };
  return (
    <section className="panel panel-choices">
      <h2>{t('settings.choices')}</h2>
      <p>{t('settings.choicesLead')}</p>
      {isAdministrator && (
        <>
          <Choice name="mode" options={MODES.map(modeOption)} {...rest} />
          <Choice name="language" options={languages.value.map(languageOption)} {...rest} />
          <Choice name="onScreenKeyboard" options={KEYBOARDS.map(keyboardOption)} {...rest} />
        </>
      )}
      <CameraSetting {...props} />
      {status.scanner.isOffered && (
        <fieldset className="room-views" disabled={isBusy} data-choice="scanner">
          <legend>{t('setting.scanner')}</legend>
          <p>
            <bdi translate="no">{scanner.value ?? t('room.cameraAny')}</bdi>
          </p>
          {scanner.value !== null && (
            <Button action="forget" look="quiet" onClick={() => onTask({ task: 'forget-scanner' })}>
              {t('settings.chooseAnew')}
            </Button>
          )}
        </fieldset>
      )}
    </section>
  );
};
