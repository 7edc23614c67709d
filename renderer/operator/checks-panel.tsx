/** The self-test in words, each failure with what to do, and the export of diagnostics. */
import type { ReactNode } from 'react';
import type {
  ExportedDiagnostics,
  SelfCheckResult,
} from '../../preload/contract/diagnostics-channels.ts';
import type { SelfVerdict } from '../../preload/contract/diagnostics-words.ts';
import { mayUse, type Role } from '../../preload/contract/operator-roles.ts';
import { Button } from '../components/button.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { Notice } from '../components/notice.tsx';
import type { RoomTask } from '../flow/room-tasks.ts';
import { useI18n } from '../i18n/i18n.tsx';

interface ChecksPanelProps {
  /** Null until the kiosk was tested. */
  readonly selfTest: readonly SelfCheckResult[] | null;
  /** What the last export made; null without one. */
  readonly exported: ExportedDiagnostics | null;
  readonly role: Role;
  readonly isBusy: boolean;
  readonly onTask: (task: RoomTask) => void;
}

const ICONS: Readonly<Record<SelfVerdict, IconName>> = {
  good: 'check',
  warning: 'alert',
  failed: 'cross',
  skipped: 'dot',
};

const CheckLine = ({ check, verdict, code }: SelfCheckResult): ReactNode => {
  const { t } = useI18n();
  return (
    <li data-check={check} data-verdict={verdict}>
      <Icon name={ICONS[verdict]} />
      <div>
        <p>
          <strong>{t(`selfCheck.${check}`)}</strong> {t(`selfVerdict.${verdict}`)}
        </p>
        {code !== null && (
          <>
            <p className="small">{t(`error.${code}.staff`)}</p>
            <p className="code">{t('common.code', { code })}</p>
          </>
        )}
      </div>
    </li>
  );
};

/** Two panels: is it ready, and what to give to support. */
export const ChecksPanel = ({
  selfTest,
  exported,
  role,
  isBusy,
  onTask,
}: ChecksPanelProps): ReactNode => {
  const { t, bytes } = useI18n();
  return (
    <div className="panels">
      <section className="panel">
        <h2>{t('selfTest.title')}</h2>
        <p>{t('selfTest.lead')}</p>
        <Button
          action="self-test"
          look="primary"
          disabled={isBusy}
          onClick={() => onTask({ task: 'run-self-test' })}
        >
          {t('selfTest.run')}
        </Button>
        {selfTest !== null && (
          <ul className="warnings checks">
            {selfTest.map((result) => (
              <CheckLine key={result.check} {...result} />
            ))}
          </ul>
        )}
      </section>
      {mayUse(role, 'diagnostics:export-diagnostics') && (
        <section className="panel">
          <h2>{t('export.title')}</h2>
          <p>{t('export.lead')}</p>
          <Button
            action="export"
            disabled={isBusy}
            onClick={() => onTask({ task: 'export-diagnostics' })}
          >
            {t('export.run')}
          </Button>
          {exported !== null && (
            <Notice tone="done">
              <p>
                {t('export.done', {
                  count: exported.fileCount,
                  size: bytes(exported.sizeBytes),
                  folder: exported.folderName,
                })}
              </p>
            </Notice>
          )}
        </section>
      )}
    </div>
  );
};
