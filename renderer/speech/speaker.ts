/**
 * Says what a screen says, one thing at a time: a new screen cuts off the last, notices follow it
 * one after the other, and hints wait for their turn, of which only the newest is left. Must never
 * use a voice that is not on this device: what is said would leave it.
 */
import type { SpeechPort, Voice } from './speech-port.ts';

/** Silence before a notice or hint, in which a person can do what the last one said. Own decision. */
const GAP_MS = 1_200;
/** A voice that never says it has ended must not silence all the rest. Own decision: the longest consent text. */
const LONGEST_MS = 120_000;

/** Words in the language of their voice (BCP 47 tag without region). */
export interface Words {
  readonly text: string;
  readonly language: string;
}

/** Words that stand on the screen, and whether they were heard. */
interface Notice {
  readonly words: Words;
  isSaid: boolean;
}

const primaryTag = (language: string): string | undefined =>
  language.toLowerCase().split(/[-_]/)[0];

export class Speaker {
  readonly #port: SpeechPort;
  #isOn = false;
  /** What the present screen says. */
  #screen: Words | null = null;
  /** In the order in which they appeared. */
  readonly #notices = new Set<Notice>();
  #hint: Words | null = null;
  #lastHint = '';
  /** The utterance under way; what ended late is another one. */
  #speaking: symbol | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(port: SpeechPort) {
    this.#port = port;
  }

  /** Told whenever the system has other voices than before. */
  subscribe = (listener: () => void): (() => void) => this.#port.onVoicesChanged(listener);

  /** Whether this device can speak the language by itself. */
  hasVoice = (language: string): boolean => this.#voiceFor(language) !== undefined;

  /** Begins with the screen that stands, or falls silent at once. */
  turn(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    this.#hush();
    for (const notice of this.#notices) notice.isSaid = false;
    if (!isOn) return;
    if (this.#screen !== null) this.#say(this.#screen);
    else this.#sayNext();
  }

  /** A screen has appeared, or changed its language. */
  tellScreen(words: Words): void {
    this.#screen = words;
    this.tellControl(words);
  }

  /** A control has the focus: whoever moves on has heard enough. */
  tellControl(words: Words): void {
    this.#hush();
    this.#say(words);
  }

  /** Takes its turn, once, as long as it stands. Returns what takes it away. */
  tellNotice(words: Words): () => void {
    const notice: Notice = { words, isSaid: false };
    this.#notices.add(notice);
    // Not at once: it may have come with a screen, which is told after all that stands on it.
    if (this.#isIdle) this.#goOnAfter(0);
    return () => {
      this.#notices.delete(notice);
    };
  }

  /** Takes its turn; the same hint is not said twice in a row. */
  tellHint(words: Words): void {
    this.#hint = words.text === this.#lastHint ? null : words;
    if (this.#isIdle) this.#sayNext();
  }

  get #isIdle(): boolean {
    return this.#speaking === null && this.#timer === undefined;
  }

  #voiceFor(language: string): Voice | undefined {
    const tag = primaryTag(language);
    return this.#port.voices().find((voice) => voice.isLocal && primaryTag(voice.language) === tag);
  }

  #hush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#hint = null;
    this.#lastHint = '';
    if (this.#speaking === null) return;
    this.#speaking = null;
    this.#port.cancel();
  }

  #goOnAfter(gapMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sayNext();
    }, gapMs);
  }

  #sayNext(): void {
    if (!this.#isOn) return;
    const notice = [...this.#notices].find(({ isSaid }) => !isSaid);
    if (notice !== undefined) {
      notice.isSaid = true;
      this.#say(notice.words);
      return;
    }
    const hint = this.#hint;
    if (hint === null) return;
    this.#hint = null;
    this.#lastHint = hint.text;
    this.#say(hint);
  }

  #say({ text, language }: Words): void {
    const voice = this.#isOn ? this.#voiceFor(language) : undefined;
    if (voice === undefined) return;
    const speaking = Symbol(language);
    this.#speaking = speaking;
    const end = (): void => {
      if (this.#speaking !== speaking) return;
      this.#speaking = null;
      this.#goOnAfter(GAP_MS);
    };
    this.#timer = setTimeout(end, LONGEST_MS);
    this.#port.speak(text, voice, end);
  }
}
