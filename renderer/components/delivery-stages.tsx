/** What a submission goes through, as a list of what is finished, running and still to come. */
import type { ReactNode } from 'react';
import type { DeliveryProgress } from '../../preload/contract/session-channels.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Icon } from './icon.tsx';

type Stage = 'saving' | DeliveryProgress['stage'];

const STAGES: readonly Stage[] = ['saving', 'requesting-token', 'sending', 'confirming'];

/** `stage`: the running one; those before it are finished. */
export const DeliveryStages = ({ stage: running }: { readonly stage: Stage }): ReactNode => {
  const { t } = useI18n();
  const current = STAGES.indexOf(running);
  return (
    <div role="status">
      <ol className="stages">
        {STAGES.map((stage, index) => {
          const state = index < current ? 'done' : index === current ? 'current' : 'coming';
          return (
            <li key={stage} className="stage" data-state={state}>
              <Icon name={state === 'done' ? 'check' : 'dot'} />
              <span>{t(`stage.${stage}`)}</span>
              <span className="visually-hidden">{t(`stage.is.${state}`)}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
};
