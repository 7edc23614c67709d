/** What is in force and where it comes from, and what may be set on the device. Decides nothing. */
import type { ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { RoomSettings, RoomTask } from '../flow/room-tasks.ts';
import { Button } from '../components/button.tsx';
import { Notice, StaffError } from '../components/notice.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { ChoicesPanel } from './choices-panel.tsx';
import { Fact } from './fact.tsx';
import { NAMES_ITSELF, SETTING_GROUPS, settingWords } from './setting-words.ts';

interface SettingsPanelsProps {
  readonly settings: RoomSettings;
  readonly status: AppStatus;
  readonly isAdministrator: boolean;
  readonly isBusy: boolean;
  readonly onTask: (task: RoomTask) => void;
}

/** The policy file: which, whether signed, whether in force. Its path is nobody's business here. */
const PolicyPanel = ({ policy }: Pick<RoomSettings, 'policy'>): ReactNode => {
  const { t } = useI18n();
  const { place, state, isSigned, refused } = policy;
  return (
    <section className="panel" data-policy={state}>
      <h2>{t('settings.policy')}</h2>
      <dl className="facts">
        <Fact name={t('settings.policyState')}>{t(`settings.policyState.${state}`)}</Fact>
        {place !== null && <Fact name={t('settings.place')}>{t(`settings.place.${place}`)}</Fact>}
        {place !== null && (
          <Fact name={t('settings.signature')}>
            {t(isSigned ? 'settings.signature.checked' : 'settings.signature.none')}
          </Fact>
        )}
      </dl>
      {refused !== null && <StaffError code={refused} />}
    </section>
  );
};

/** Shown where staff's own file is damaged: what holds now, and the way to begin anew. */
const DamagedPanel = ({
  isAdministrator,
  isBusy,
  onTask,
}: Omit<SettingsPanelsProps, 'settings' | 'status'>): ReactNode => {
  const { t } = useI18n();
  return (
    <section className="panel">
      <h2>{t('settings.damaged')}</h2>
      <Notice tone="warning" says={[t('error.SETTINGS_DAMAGED.staff')]} />
      {isAdministrator && (
        <Button action="reset" disabled={isBusy} onClick={() => onTask({ task: 'reset-settings' })}>
          {t('settings.reset')}
        </Button>
      )}
    </section>
  );
};

/** The panels of the settings. */
export const SettingsPanels = (props: SettingsPanelsProps): ReactNode => {
  const { settings, status, ...rest } = props;
  const i18n = useI18n();
  const { t } = i18n;
  const words = settingWords(i18n, settings.settings);
  return (
    <div className="panels">
      <div className="panel-column">
        {settings.isDamaged && <DamagedPanel {...rest} />}
        <ChoicesPanel settings={settings} status={status} {...rest} />
      </div>
      <div className="panel-column">
        <PolicyPanel policy={settings.policy} />
        {SETTING_GROUPS.map(({ group, names }) => (
          <section key={group} className="panel">
            <h2>{t(`settings.group.${group}`)}</h2>
            <dl className="facts">
              {names.map((name) => {
                const { source } = settings.settings[name];
                return (
                  <Fact key={name} name={t(`setting.${name}`)} data={{ 'data-setting': name }}>
                    <bdi translate={NAMES_ITSELF.has(name) ? 'no' : undefined}>{words[name]}</bdi>
                    <span className="tag" data-source={source}>
                      {t(`settings.source.${source}`)}
                    </span>
                  </Fact>
                );
              })}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
};
