/** What this kiosk is and what needs attention, as facts. Must never show a secret or a customer. */
import type { ReactNode } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { Icon } from '../components/icon.tsx';
import { useI18n } from '../i18n/i18n.tsx';

/** Version, environment, way of working, camera, service. */
export const KioskPanel = ({ status }: { readonly status: AppStatus }): ReactNode => {
  const { t } = useI18n();
  const { pinnedLabel, remembered } = status.camera;
  const camera =
    pinnedLabel === null
      ? (remembered?.label ?? t('room.cameraAny'))
      : t('room.cameraPinned', { label: pinnedLabel });
  const facts: readonly (readonly [string, string])[] = [
    [t('room.bank'), status.brand.name],
    [t('room.service'), t(`service.${status.service.state}`)],
    [t('room.environment'), t(`environment.${status.environment}`)],
    [t('room.mode'), t(`mode.${status.mode}`)],
    [t('room.tokenSource'), t(`tokenSource.${status.tokenSource}`)],
    [t('room.camera'), camera],
    [t('room.version'), status.version],
  ];
  return (
    <section className="panel">
      <h2>{t('room.kiosk')}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
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
