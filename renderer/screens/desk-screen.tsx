/**
 * Where staff begins: who comes next, in which language, and how the outbox
 * stands. Must show nothing of the customer before.
 */
import { useState, type FormEvent, type ReactNode } from 'react';
import type { ReferenceRule } from '../../preload/contract/customer-reference.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import type { OutboxSummary } from '../../preload/contract/outbox-channels.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { LanguageChoice } from '../components/language-choice.tsx';
import { Condition, Counts } from '../components/outbox-condition.tsx';
import { Screen } from '../components/screen.tsx';
import { TextField } from '../components/text-field.tsx';
import { isReferenceTaken, referenceIn } from '../flow/customer-reference.ts';
import { useI18n } from '../i18n/i18n.tsx';

interface DeskScreenProps {
  /** Whether the customer's reference is asked for. */
  readonly rule: ReferenceRule;
  /** What was typed so far. */
  readonly reference: string;
  readonly outbox: OutboxSummary;
  readonly languages: readonly string[];
  readonly language: string;
  readonly onReference: (text: string) => void;
  readonly onLanguage: (tag: string) => void;
  readonly onStart: () => void;
  /** Opens it, behind the PIN. */
  readonly onOutbox: () => void;
}

/** The customer's reference, typed or read, and the way in. */
export const DeskScreen = ({
  rule,
  reference,
  outbox,
  languages,
  language,
  onReference,
  onLanguage,
  onStart,
  onOutbox,
}: DeskScreenProps): ReactNode => {
  const { t } = useI18n();
  const [wasAsked, setWasAsked] = useState(false);
  const isRefused = wasAsked && !isReferenceTaken(rule, reference);
  const refusal = referenceIn(reference) === null ? 'desk.missing' : 'desk.invalid';
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    setWasAsked(true);
    onStart();
  };
  return (
    <form onSubmit={begin} noValidate>
      <Screen
        name="desk"
        title={t('desk.title')}
        lead={t('desk.lead')}
        actions={
          <>
            <Button action="start" look="primary" type="submit" icon={<Icon name="forward" />}>
              {t('desk.start')}
            </Button>
            <Button action="operator" look="quiet" icon={<Icon name="outbox" />} onClick={onOutbox}>
              {t('desk.openOutbox')}
            </Button>
          </>
        }
      >
        <div className="desk-next">
          {rule !== 'off' && (
            <div className="form-narrow">
              <TextField
                name="customer-reference"
                label={t(rule === 'required' ? 'desk.reference' : 'desk.referenceOptional')}
                hint={t('desk.hint', { max: LIMITS.customerReferenceMaxChars })}
                error={isRefused ? t(refusal) : null}
                maxLength={LIMITS.customerReferenceMaxChars}
                value={reference}
                onText={onReference}
                isFirst
              />
            </div>
          )}
          <LanguageChoice languages={languages} language={language} onLanguage={onLanguage} />
        </div>
        <section className="desk-outbox">
          <h2>{t('room.view.outbox')}</h2>
          {outbox.condition.state !== 'running' && <Condition condition={outbox.condition} />}
          <Counts summary={outbox} />
        </section>
      </Screen>
    </form>
  );
};
