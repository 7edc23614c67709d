/** Puts a voice into a page that only writes down what it is told to say. */
import type { JSHandle, Page } from 'playwright';

/** An English voice of the device and, as a browser has them, one of a network. */
export const recordSpeech = (page: Page): Promise<JSHandle<string[]>> =>
  page.evaluateHandle(() => {
    const heard: string[] = [];
    const voices = [
      { name: 'Far', lang: 'en-GB', localService: false },
      { name: 'Near', lang: 'en-GB', localService: true },
    ];
    class Utterance extends EventTarget {
      readonly text: string;
      voice: { readonly name: string } | null = null;
      constructor(text: string) {
        super();
        this.text = text;
      }
    }
    Object.assign(window, { SpeechSynthesisUtterance: Utterance });
    Object.defineProperties(speechSynthesis, {
      getVoices: { value: () => voices },
      cancel: { value: () => undefined },
      speak: {
        value: (utterance: Utterance) => {
          heard.push(`${utterance.voice?.name}: ${utterance.text}`);
          setTimeout(() => utterance.dispatchEvent(new Event('end')));
        },
      },
    });
    speechSynthesis.dispatchEvent(new Event('voiceschanged'));
    return heard;
  });
