/** Shows how far the submission is, in words and bytes. Offers nothing to press: nothing may interrupt. */
import type { ReactNode } from 'react';
import type { DeliveryProgress } from '../../preload/contract/session-channels.ts';
import { Icon } from '../components/icon.tsx';
import { Screen } from '../components/screen.tsx';
import { useI18n } from '../i18n/i18n.tsx';

const STAGES: readonly DeliveryProgress['stage'][] = ['requesting-token', 'sending', 'confirming'];

/** `progress`: null until the first word of the delivery. */
export const SubmittingScreen = ({
  progress,
}: {
  readonly progress: DeliveryProgress | null;
}): ReactNode => {
  const { t, bytes } = useI18n();
  const current = progress === null ? 0 : STAGES.indexOf(progress.stage);
  const isCounted = progress !== null && progress.totalBytes > 0;
  return (
    <Screen
      name="submitting"
      title={t('submitting.title')}
      lead={<p>{t('submitting.lead')}</p>}
      data={{ 'data-stage': progress?.stage }}
    >
      <ol className="stages" role="status">
        {STAGES.map((stage, index) => (
          <li
            key={stage}
            className="stage"
            data-state={index < current ? 'done' : index === current ? 'current' : 'coming'}
          >
            {index < current ? <Icon name="check" /> : <Icon name="dot" />}
            <span>{t(`submitting.stage.${stage}`)}</span>
            <span className="visually-hidden">
              {t(
                index < current
                  ? 'submitting.doneStage'
                  : index === current
                    ? 'submitting.currentStage'
                    : 'submitting.nextStage',
              )}
            </span>
          </li>
        ))}
      </ol>
      <div className="sending">
        <progress
          aria-label={t('submitting.title')}
          max={isCounted ? progress.totalBytes : 1}
          value={isCounted ? progress.sentBytes : 0}
        />
        <p className="sending-bytes">
          {isCounted &&
            t('submitting.bytes', {
              sent: bytes(progress.sentBytes),
              total: bytes(progress.totalBytes),
            })}
        </p>
      </div>
    </Screen>
  );
};
