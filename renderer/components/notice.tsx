/** Says how something went or what to watch for: a word and a sign, never a colour alone. */
import type { ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { useSpokenNotice } from '../speech/spoken.tsx';
import { Icon, type IconName } from './icon.tsx';

export type NoticeTone = 'error' | 'warning' | 'note' | 'done';

const ICONS: Readonly<Record<NoticeTone, IconName>> = {
  error: 'cross',
  warning: 'alert',
  note: 'info',
  done: 'check',
};

interface NoticeProps {
  readonly tone: NoticeTone;
  /** Shown as paragraphs and said aloud: nothing that tells of anybody, nothing that counts. */
  readonly says?: readonly string[];
  /** Shown below and never said. */
  readonly children?: ReactNode;
}

const NOTHING: readonly string[] = [];

/** A notice. Errors are announced at once, all else when the reader pauses. */
export const Notice = ({ tone, says = NOTHING, children }: NoticeProps): ReactNode => {
  const { t } = useI18n();
  useSpokenNotice(says.length === 0 ? null : says.join('\n'));
  return (
    <div className={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon name={ICONS[tone]} />
      <div className="notice-words">
        <span className="visually-hidden">{t(`common.${tone}`)}: </span>
        {says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {children}
      </div>
    </div>
  );
};

/** An error for whoever stands at the screen. `reader: 'staff'` adds the staff's words and the code. */
export const ErrorNotice = ({
  code,
  reader,
}: {
  readonly code: ErrorCode;
  readonly reader: 'customer' | 'staff';
}): ReactNode => {
  const { t } = useI18n();
  return (
    <Notice tone="error" says={[t(`error.${code}.customer`)]}>
      {reader === 'staff' && (
        <>
          <p className="small">{t(`error.${code}.staff`)}</p>
          <p className="code">{t('common.code', { code })}</p>
        </>
      )}
    </Notice>
  );
};

/** An error for staff alone: what to do, and the code. */
export const StaffError = ({ code }: { readonly code: ErrorCode }): ReactNode => {
  const { t } = useI18n();
  return (
    <Notice tone="error" says={[t(`error.${code}.staff`)]}>
      <p className="code">{t('common.code', { code })}</p>
    </Notice>
  );
};

/** What staff does, set apart and smaller, below the words for the customer. */
export const StaffNote = ({
  children,
  code,
}: {
  readonly children: string;
  readonly code: string;
}): ReactNode => {
  const { t } = useI18n();
  return (
    <aside className="staff-note">
      <h2>
        <Icon name="staff" />
        {t('staff.label')}
      </h2>
      <p>{children}</p>
      <p className="code">{t('common.code', { code })}</p>
    </aside>
  );
};
