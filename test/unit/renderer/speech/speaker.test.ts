/** What is heard, and when: with voices that only write down what they are told to say. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Speaker } from '../../../../renderer/speech/speaker.ts';
import type { SpeechPort, Voice } from '../../../../renderer/speech/speech-port.ts';

const ENGLISH: Voice = { name: 'Ann', language: 'en-GB', isLocal: true };
const LITHUANIAN: Voice = { name: 'Ona', language: 'lt_LT', isLocal: true };
const FAR: Voice = { name: 'Far', language: 'de-DE', isLocal: false };

class RecordingSpeech implements SpeechPort {
  readonly heard: string[] = [];
  ready: readonly Voice[] = [FAR, ENGLISH, LITHUANIAN];
  #end: (() => void) | null = null;
  #listeners = new Set<() => void>();

  voices = () => this.ready;
  onVoicesChanged = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  speak = (words: string, { name }: Voice, onEnd: () => void) => {
    this.heard.push(`${name}: ${words}`);
    this.#end = onEnd;
  };
  cancel = () => {
    this.heard.push('(cut off)');
    // As a browser does: the end of what was cut off comes all the same.
    this.end();
  };

  /** What is being said has been said. */
  end(): void {
    const end = this.#end;
    this.#end = null;
    end?.();
  }
  gain(voices: readonly Voice[]): void {
    this.ready = voices;
    for (const listener of this.#listeners) listener();
  }
}

const en = (text: string) => ({ text, language: 'en' });

const start = (isOn = true) => {
  const port = new RecordingSpeech();
  const speaker = new Speaker(port);
  speaker.turn(isOn);
  return { port, speaker };
};

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

describe('a screen', () => {
  it('is said when it appears, and cuts off the one before', () => {
    const { port, speaker } = start();
    speaker.tellScreen(en('One'));
    speaker.tellScreen(en('Two'));
    expect(port.heard).toEqual(['Ann: One', '(cut off)', 'Ann: Two']);
  });

  it('is said when somebody turns speech on before it, and cut off when they turn it off', () => {
    const { port, speaker } = start(false);
    speaker.tellScreen(en('One'));
    expect(port.heard).toEqual([]);
    speaker.turn(true);
    speaker.turn(false);
    speaker.tellScreen(en('Two'));
    expect(port.heard).toEqual(['Ann: One', '(cut off)']);
  });

  it('gives way to the control that somebody moves to', () => {
    const { port, speaker } = start();
    speaker.tellScreen(en('One'));
    speaker.tellControl(en('Start'));
    speaker.tellControl(en('Contrast'));
    expect(port.heard).toEqual([
      'Ann: One',
      '(cut off)',
      'Ann: Start',
      '(cut off)',
      'Ann: Contrast',
    ]);
  });

  it('is said in the voice of its language', () => {
    const { port, speaker } = start();
    speaker.tellScreen({ text: 'Sveiki', language: 'lt' });
    expect(port.heard).toEqual(['Ona: Sveiki']);
  });
});

describe('a voice over the network', () => {
  it('is never used, and counts as none', () => {
    const { port, speaker } = start();
    speaker.tellScreen({ text: 'Guten Tag', language: 'de' });
    vi.advanceTimersByTime(10_000);
    expect(port.heard).toEqual([]);
    expect(['de', 'fr', 'en'].map((language) => speaker.hasVoice(language))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('gives way to one on the device as soon as the system has it', () => {
    const { port, speaker } = start();
    const listener = vi.fn<() => void>();
    const stop = speaker.subscribe(listener);
    port.gain([FAR, { name: 'Uta', language: 'de', isLocal: true }]);
    stop();
    port.gain([]);
    expect(listener).toHaveBeenCalledOnce();
    expect(speaker.hasVoice('de')).toBe(false);
  });
});

describe('notices', () => {
  it('follow the screen they came with, each once, and come before hints', () => {
    const { port, speaker } = start();
    speaker.tellNotice(en('Expired'));
    speaker.tellNotice(en('Dark'));
    speaker.tellScreen(en('Review'));
    speaker.tellHint(en('Left'));
    for (let turn = 0; turn < 5; turn += 1) {
      port.end();
      vi.advanceTimersByTime(1_200);
    }
    expect(port.heard).toEqual(['Ann: Review', 'Ann: Expired', 'Ann: Dark', 'Ann: Left']);
  });

  it('are said in a silence, and to whoever turns speech on before them', () => {
    const { port, speaker } = start();
    speaker.tellNotice(en('Wrong'));
    vi.advanceTimersByTime(0);
    speaker.turn(false);
    speaker.turn(true);
    vi.advanceTimersByTime(0);
    expect(port.heard).toEqual(['Ann: Wrong', '(cut off)', 'Ann: Wrong']);
  });

  it('wait for the control that somebody moves to', () => {
    const { port, speaker } = start();
    speaker.tellScreen(en('Review'));
    speaker.tellNotice(en('Expired'));
    speaker.tellControl(en('Send'));
    port.end();
    vi.advanceTimersByTime(1_200);
    expect(port.heard).toEqual(['Ann: Review', '(cut off)', 'Ann: Send', 'Ann: Expired']);
  });

  it('are not said after they have gone', () => {
    const { port, speaker } = start();
    speaker.tellScreen(en('Review'));
    speaker.tellNotice(en('Expired'))();
    port.end();
    vi.advanceTimersByTime(5_000);
    expect(port.heard).toEqual(['Ann: Review']);
  });
});

describe('hints', () => {
  it('wait for the screen, then for a pause, and only the newest is said', () => {
    const { port, speaker } = start();
    speaker.tellScreen(en('Front'));
    speaker.tellHint(en('Left'));
    speaker.tellHint(en('Closer'));
    port.end();
    vi.advanceTimersByTime(1_199);
    speaker.tellHint(en('Still'));
    expect(port.heard).toEqual(['Ann: Front']);
    vi.advanceTimersByTime(1);
    expect(port.heard).toEqual(['Ann: Front', 'Ann: Still']);
  });

  it('come at once after a longer silence, never two at a time and never twice in a row', () => {
    const { port, speaker } = start();
    speaker.tellHint(en('Left'));
    speaker.tellHint(en('Right'));
    speaker.tellHint(en('Left'));
    port.end();
    vi.advanceTimersByTime(5_000);
    speaker.tellHint(en('Left'));
    speaker.tellHint(en('Up'));
    expect(port.heard).toEqual(['Ann: Left', 'Ann: Up']);
  });

  it('are forgotten with their screen', () => {
    const { port, speaker } = start();
    speaker.tellScreen(en('Front'));
    speaker.tellHint(en('Left'));
    speaker.tellScreen(en('Back'));
    port.end();
    vi.advanceTimersByTime(5_000);
    expect(port.heard).toEqual(['Ann: Front', '(cut off)', 'Ann: Back']);
  });

  it('are said again after a voice that never said it had ended', () => {
    const { port, speaker } = start();
    speaker.tellScreen(en('Front'));
    speaker.tellHint(en('Left'));
    vi.advanceTimersByTime(125_000);
    expect(port.heard).toEqual(['Ann: Front', 'Ann: Left']);
  });
});
