/** The door of the operator's room: enter a PIN, or create it at the first start. Judges no PIN itself. */
import { useState, type FormEvent, type ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import type { OperatorDoor } from '../../preload/contract/operator-channels.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { ErrorNotice, Notice } from '../components/notice.tsx';
import { Screen } from '../components/screen.tsx';
import { LockedArt } from '../components/state-art.tsx';
import { TextField } from '../components/text-field.tsx';
import { useI18n } from '../i18n/i18n.tsx';
import { PinPad } from './pin-pad.tsx';

const LENGTHS = { min: LIMITS.pinMinDigits, max: LIMITS.pinMaxDigits };

interface OperatorDoorScreenProps {
  readonly door: OperatorDoor;
  readonly error: ErrorCode | null;
  readonly isBusy: boolean;
  readonly onCreatePin: (pin: string) => void;
  readonly onEnter: (pin: string) => void;
  readonly onCancel: () => void;
}

type PinField = 'pin' | 'pin-again';
const EMPTY: Readonly<Record<PinField, string>> = { pin: '', 'pin-again': '' };

/** What is wrong with the PINs before they are sent. */
const problemOf = (
  pins: Readonly<Record<PinField, string>>,
  isNew: boolean,
): 'door.length' | 'door.mismatch' | null => {
  if (pins.pin.length < LENGTHS.min || pins.pin.length > LENGTHS.max) return 'door.length';
  return isNew && pins.pin !== pins['pin-again'] ? 'door.mismatch' : null;
};

/** Enters with a PIN; creates one, typed twice, where there is none. */
export const OperatorDoorScreen = ({
  door,
  error,
  isBusy,
  onCreatePin,
  onEnter,
  onCancel,
}: OperatorDoorScreenProps): ReactNode => {
  const { t } = useI18n();
  const [pins, setPins] = useState(EMPTY);
  const [padField, setPadField] = useState<PinField>('pin');
  const [problem, setProblem] = useState<ReturnType<typeof problemOf>>(null);
  const isNew = !door.isPinSet;

  const write = (field: PinField, text: string): void => {
    setProblem(null);
    setPins({ ...pins, [field]: text.replaceAll(/[^0-9]/g, '').slice(0, LENGTHS.max) });
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const found = problemOf(pins, isNew);
    setProblem(found);
    if (found !== null) return;
    setPins(EMPTY);
    setPadField('pin');
    (isNew ? onCreatePin : onEnter)(pins.pin);
  };
  const field = (name: PinField, label: string): ReactNode => (
    <TextField
      name={name}
      type="password"
      inputMode="numeric"
      label={label}
      maxLength={LENGTHS.max}
      value={pins[name]}
      onText={(text) => write(name, text)}
      onFocus={() => setPadField(name)}
      disabled={isBusy}
    />
  );

  return (
    <form onSubmit={send} noValidate>
      <Screen
        name="operator-door"
        title={t(isNew ? 'door.createTitle' : 'door.enterTitle')}
        lead={isNew ? t('door.createLead', LENGTHS) : t('door.enterLead')}
        art={<LockedArt />}
        actions={
          <>
            <Button
              action={isNew ? 'create-pin' : 'enter'}
              look="primary"
              type="submit"
              disabled={isBusy}
            >
              {t(isNew ? 'door.create' : 'door.enter')}
            </Button>
            <Button action="leave" look="quiet" icon={<Icon name="back" />} onClick={onCancel}>
              {t('door.cancel')}
            </Button>
          </>
        }
      >
        <div className="door">
          <div className="door-fields">
            {error !== null && <ErrorNotice code={error} reader="staff" />}
            {door.lockedForMs > 0 && (
              <Notice tone="warning">
                <p>{t('door.locked', { seconds: Math.ceil(door.lockedForMs / 1000) })}</p>
              </Notice>
            )}
            {problem !== null && <Notice tone="error" says={[t(problem, LENGTHS)]} />}
            {field('pin', t('door.pin'))}
            {isNew && field('pin-again', t('door.pinAgain'))}
          </div>
          <PinPad
            disabled={isBusy}
            onDigit={(digit) => write(padField, pins[padField] + digit)}
            onDelete={() => write(padField, pins[padField].slice(0, -1))}
          />
        </div>
      </Screen>
    </form>
  );
};
