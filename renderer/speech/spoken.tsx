/**
 * Joins screens and speaker. What a screen says is given to it by name, never read off it: no name,
 * number or anything else of a person can be among it.
 */
import { createContext, use, useEffect, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { controlName } from './control-name.ts';
import type { Speaker } from './speaker.ts';

const SpeakerContext = createContext<Speaker | null>(null);

/** Lets the screens inside be heard while `isOn`. Falls silent when they go. */
export const SpeechProvider = ({
  speaker,
  isOn,
  children,
}: {
  readonly speaker: Speaker;
  readonly isOn: boolean;
  readonly children: ReactNode;
}): ReactNode => {
  useEffect(() => {
    speaker.turn(isOn);
    return () => {
      speaker.turn(false);
    };
  }, [speaker, isOn]);
  const { language } = useI18n();
  useEffect(() => {
    const tell = ({ target }: FocusEvent): void => {
      const text = controlName(target);
      if (text !== null) speaker.tellControl({ text, language });
    };
    document.addEventListener('focusin', tell);
    return () => {
      document.removeEventListener('focusin', tell);
    };
  }, [speaker, language]);
  return <SpeakerContext value={speaker}>{children}</SpeakerContext>;
};

/** Says the sentences of a screen or question when it appears. */
export const useSpokenScreen = (sentences: readonly string[]): void => {
  const { language } = useI18n();
  const speaker = use(SpeakerContext);
  const text = sentences.join('\n');
  useEffect(() => speaker?.tellScreen({ text, language }), [speaker, text, language]);
};

/** Says a notice once, after its screen; null for nothing. */
export const useSpokenNotice = (text: string | null): void => {
  const { language } = useI18n();
  const speaker = use(SpeakerContext);
  useEffect(
    () => (text === null ? undefined : speaker?.tellNotice({ text, language })),
    [speaker, text, language],
  );
};

/** Says a hint when it is another than before; null for none. */
export const useSpokenHint = (text: string | null): void => {
  const { language } = useI18n();
  const speaker = use(SpeakerContext);
  useEffect(() => {
    if (text !== null) speaker?.tellHint({ text, language });
  }, [speaker, text, language]);
};
