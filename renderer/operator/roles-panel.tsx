/** Who may enter with a PIN of their own. Judges no PIN itself and keeps none. */
import { useState, type FormEvent, type ReactNode } from 'react';
import { LIMITS } from '../../preload/contract/limits.ts';
import { ROLES, type Role } from '../../preload/contract/operator-roles.ts';
import { Button } from '../components/button.tsx';
import { formText } from '../components/form-text.ts';
import { TextField } from '../components/text-field.tsx';
import type { RoomTask } from '../flow/room-tasks.ts';
import { useI18n } from '../i18n/i18n.tsx';

interface RolesPanelProps {
  readonly pinRoles: readonly Role[];
  readonly isBusy: boolean;
  readonly onTask: (task: RoomTask) => void;
}

const LENGTHS = { min: LIMITS.pinMinDigits, max: LIMITS.pinMaxDigits };
type Problem = 'door.length' | 'door.mismatch';

const problemOf = (pin: string, again: string): Problem | null => {
  if (!/^\d+$/.test(pin) || pin.length < LENGTHS.min || pin.length > LENGTHS.max)
    return 'door.length';
  return pin === again ? null : 'door.mismatch';
};

/** Each role with its PIN's state, and a form that sets one. */
export const RolesPanel = ({ pinRoles, isBusy, onTask }: RolesPanelProps): ReactNode => {
  const { t } = useI18n();
  const [role, setRole] = useState<Role>('operator');
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const pin = formText(form, 'role-pin');
    const found = problemOf(pin, formText(form, 'role-pin-again'));
    setProblem(found);
    if (found !== null) return;
    form.reset();
    onTask({ task: 'set-pin', role, pin });
  };
  return (
    <section className="panel">
      <h2>{t('room.roles')}</h2>
      <p>{t('room.rolesLead')}</p>
      <ul className="roles">
        {ROLES.map((each) => (
          <li key={each} data-role={each} data-pin={pinRoles.includes(each)}>
            <p>
              <strong>{t(`role.${each}`)}</strong>{' '}
              {t(pinRoles.includes(each) ? 'room.rolePinSet' : 'room.rolePinNone')}
            </p>
            {each !== 'administrator' && pinRoles.includes(each) && (
              <Button
                action="remove-pin"
                disabled={isBusy}
                onClick={() => onTask({ task: 'remove-pin', role: each })}
              >
                {t('room.removePin', { role: t(`role.${each}`) })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form className="panel-form" onSubmit={send} noValidate>
        <fieldset className="room-views" disabled={isBusy}>
          <legend>{t('room.role')}</legend>
          {ROLES.map((each) => (
            <button
              key={each}
              type="button"
              className="room-view"
              data-role-choice={each}
              aria-pressed={each === role}
              onClick={() => setRole(each)}
            >
              {t(`role.${each}`)}
            </button>
          ))}
        </fieldset>
        <TextField
          name="role-pin"
          type="password"
          inputMode="numeric"
          label={t('door.pin')}
          error={problem === null ? null : t(problem, LENGTHS)}
          maxLength={LENGTHS.max}
          disabled={isBusy}
        />
        <TextField
          name="role-pin-again"
          type="password"
          inputMode="numeric"
          label={t('door.pinAgain')}
          maxLength={LENGTHS.max}
          disabled={isBusy}
        />
        <Button action="set-pin" look="primary" type="submit" disabled={isBusy}>
          {t('room.setPin')}
        </Button>
      </form>
    </section>
  );
};
