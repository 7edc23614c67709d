/**
 * What makes the screens easier to read, to hear and to reach, always at hand. Laid out by styles/aids.css:
 * all of it where there is room, behind one button where there is none, or staff stands at the kiosk.
 */
import { useId, useLayoutEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { TEXT_SIZES, type Aids } from '../flow/aids.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Icon, type IconName } from './icon.tsx';

interface AidsBarProps {
  readonly aids: Aids;
  /** Behind one button also where there is room. */
  readonly isMenu: boolean;
  /** Whether this device can speak the language in use. */
  readonly hasVoice: boolean;
  readonly onChoose: (aids: Partial<Aids>) => void;
}

/** Tells the style sheet what was chosen. */
const useAidsOnPage = ({ textSize, isHighContrast, isWithinReach }: Aids): void => {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset['textSize'] = String(textSize);
    dataset['contrast'] = isHighContrast ? 'high' : 'standard';
    dataset['reach'] = isWithinReach ? 'lower' : 'all';
  }, [textSize, isHighContrast, isWithinReach]);
};

const AidSwitch = ({
  name,
  icon,
  isOn,
  onSwitch,
  children,
}: {
  readonly name: string;
  readonly icon: IconName;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  readonly children: string;
}): ReactNode => (
  <button
    type="button"
    className="aid"
    data-aid={name}
    aria-pressed={isOn}
    onClick={() => onSwitch(!isOn)}
  >
    <Icon name={icon} />
    <span>{children}</span>
  </button>
);

/** The aids. Opens while the focus is inside, so that no button vanishes under the finger that changed its size. */
export const AidsBar = ({ aids, isMenu, hasVoice, onChoose }: AidsBarProps): ReactNode => {
  const { t } = useI18n();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  useAidsOnPage(aids);
  const closeOnEscape = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') setIsOpen(false);
  };
  return (
    <aside
      className="aids"
      aria-label={t('aids.label')}
      data-menu={isMenu ? '' : undefined}
      onKeyDown={closeOnEscape}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setIsOpen(false);
      }}
    >
      <button
        type="button"
        className="aid aids-opener"
        data-aid="open"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="aids" />
        <span>{t('aids.label')}</span>
      </button>
      <div
        id={id}
        className="aids-panel"
        data-open={isOpen ? '' : undefined}
        onFocus={() => setIsOpen(true)}
      >
        <div className="aids-sizes" role="group" aria-label={t('aids.textSize')}>
          {TEXT_SIZES.map((textSize) => (
            <button
              key={textSize}
              type="button"
              className="aid"
              data-aid={`text-${textSize}`}
              aria-pressed={aids.textSize === textSize}
              aria-label={t('aids.textPercent', { percent: textSize })}
              onClick={() => onChoose({ textSize })}
            >
              <span aria-hidden="true">{t('aids.letter')}</span>
            </button>
          ))}
        </div>
        <AidSwitch
          name="contrast"
          icon="contrast"
          isOn={aids.isHighContrast}
          onSwitch={(isHighContrast) => onChoose({ isHighContrast })}
        >
          {t('aids.contrast')}
        </AidSwitch>
        {hasVoice ? (
          <AidSwitch
            name="speech"
            icon="sound"
            isOn={aids.isSpoken}
            onSwitch={(isSpoken) => onChoose({ isSpoken })}
          >
            {t('aids.speech')}
          </AidSwitch>
        ) : (
          <p className="aids-silent" data-aid="no-voice">
            {t('aids.noVoice')}
          </p>
        )}
        <AidSwitch
          name="reach"
          icon="lower"
          isOn={aids.isWithinReach}
          onSwitch={(isWithinReach) => onChoose({ isWithinReach })}
        >
          {t('aids.reach')}
        </AidSwitch>
      </div>
    </aside>
  );
};
