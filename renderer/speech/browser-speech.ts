/** Speech by the voices of the operating system (Web Speech API). Decides nothing. */
import type { SpeechPort, Voice } from './speech-port.ts';

const voiceOf = ({ name, lang, localService }: SpeechSynthesisVoice): Voice => ({
  name,
  language: lang,
  isLocal: localService,
});

/** The system's speech; a system without any has no voices. */
export const browserSpeech = (): SpeechPort => ({
  voices: () => speechSynthesis.getVoices().map(voiceOf),
  onVoicesChanged: (listener) => {
    speechSynthesis.addEventListener('voiceschanged', listener);
    return () => {
      speechSynthesis.removeEventListener('voiceschanged', listener);
    };
  },
  speak: (words, { name, language }, onEnd) => {
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice =
      speechSynthesis
        .getVoices()
        .find((voice) => voice.name === name && voice.lang === language && voice.localService) ??
      null;
    // Without a voice of its own the system would choose one, perhaps over the network.
    if (utterance.voice === null) {
      onEnd();
      return;
    }
    utterance.lang = language;
    utterance.addEventListener('end', onEnd);
    utterance.addEventListener('error', onEnd);
    speechSynthesis.speak(utterance);
  },
  cancel: () => {
    speechSynthesis.cancel();
  },
});
