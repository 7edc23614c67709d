/** Restart and exit of the application, for whoever may, each behind a question. */
import { useState, type ReactNode } from 'react';
import { LEAVING_WAYS, type LeavingWay } from '../../preload/contract/event-words.ts';
import { mayUse, type Role } from '../../preload/contract/operator-roles.ts';
import { Button } from '../components/button.tsx';
import type { RoomTask } from '../flow/room-tasks.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { LeaveKioskDialog } from './leave-kiosk-dialog.tsx';

interface WaysOutProps {
  readonly role: Role;
  /** A submission is on its way right now. */
  readonly isSending: boolean;
  readonly isBusy: boolean;
  readonly onTask: (task: RoomTask) => void;
}

/** The buttons, and the question before what was pressed is done. */
export const WaysOut = ({ role, isSending, isBusy, onTask }: WaysOutProps): ReactNode => {
  const { t } = useI18n();
  const [asked, setAsked] = useState<LeavingWay | null>(null);
  return (
    <>
      {LEAVING_WAYS.filter((way) => mayUse(role, `operator:${way}-kiosk`)).map((way) => (
        <Button key={way} action={way} look="quiet" disabled={isBusy} onClick={() => setAsked(way)}>
          {t(`room.${way}`)}
        </Button>
      ))}
      {asked !== null && (
        <LeaveKioskDialog
          way={asked}
          isSending={isSending}
          onCancel={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            onTask({ task: `${asked}-kiosk` });
          }}
        />
      )}
    </>
  );
};
