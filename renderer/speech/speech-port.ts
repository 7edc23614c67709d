/** What the speaker needs of a device that speaks: tests put a recording one in its place. */

export interface Voice {
  readonly name: string;
  /** BCP 47, mostly with a region. */
  readonly language: string;
  /** False for one that sends its words over a network. */
  readonly isLocal: boolean;
}

export interface SpeechPort {
  readonly voices: () => readonly Voice[];
  /** Returns what stops listening. */
  readonly onVoicesChanged: (listener: () => void) => () => void;
  /** Speaks in one of `voices()`. `onEnd` is called once, also when it failed or was cut off. */
  readonly speak: (words: string, voice: Voice, onEnd: () => void) => void;
  /** Cuts off what is being said. */
  readonly cancel: () => void;
}
