/** What this kiosk is and what needs attention, as facts. Must never show a secret or a customer. */
import type { ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { Icon } from '../components/icon.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { Fact } from './fact.tsx';

/** Version, environment, way of working, camera, service. */
export const KioskPanel = ({ status }: { readonly status: AppStatus }): ReactNode => {
  const { t } = useI18n();
  const { brand, camera, environment, mode, service, tokenSource, version } = status;
  const { pinnedLabel, remembered } = camera;
  return (
    <section className="panel">
      <h2>{t('room.kiosk')}</h2>
      <dl className="facts">
        <Fact name={t('room.bank')}>
          <bdi>{brand.name}</bdi>
        </Fact>
        <Fact name={t('room.service')}>{t(`service.${service.state}`)}</Fact>
        <Fact name={t('room.environment')}>{t(`environment.${environment}`)}</Fact>
        <Fact name={t('room.mode')}>{t(`mode.${mode}`)}</Fact>
        <Fact name={t('room.tokenSource')}>{t(`tokenSource.${tokenSource}`)}</Fact>
        <Fact name={t('room.camera')}>
          {pinnedLabel !== null && t('room.cameraPinned', { label: pinnedLabel })}
          {pinnedLabel === null && remembered !== null && <bdi>{remembered.label}</bdi>}
          {pinnedLabel === null && remembered === null && t('room.cameraAny')}
        </Fact>
        <Fact name={t('room.version')}>{version}</Fact>
      </dl>
    </section>
  );
};

/** The reason for being out of service, then every warning, each with what to do. */
export const AttentionPanel = ({ status }: { readonly status: AppStatus }): ReactNode => {
  const { t } = useI18n();
  const codes: ErrorCode[] = [
    ...new Set([
      ...(status.service.state === 'out-of-service' ? [status.service.code] : []),
      ...status.warnings,
    ]),
  ];
  return (
    <section className="panel">
      <h2>{t('room.warnings')}</h2>
      {codes.length === 0 ? (
        <p>{t('room.noWarnings')}</p>
      ) : (
        <ul className="warnings">
          {codes.map((code) => (
            <li key={code} data-code={code}>
              <Icon name="alert" />
              <div>
                <p>{t(`error.${code}.staff`)}</p>
                <p className="code">{t('common.code', { code })}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
