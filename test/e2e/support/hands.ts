/**
 * Hands before the camera: they lay down what the screen asks for as soon as it does, however slow the
 * machine is. A clip would show each thing in its turn, and whoever missed it would wait a round.
 */
import { open, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { CaptureStep, DocumentType } from '../../../preload/contract/vocabulary.ts';
import { SESSION_STEPS, sessionClip } from '../../commands/session-clip.ts';
import { filmOf } from './film.ts';
import type { RunningKiosk } from './launch.ts';

/** Until the next page stands, where one has just gone. */
const LOOK_AGAIN_MS = 50;

/** What a customer has with them, as raw video. */
export interface Belongings {
  readonly header: Buffer;
  readonly scenes: ReadonlyMap<CaptureStep, Buffer>;
}

const drawBelongings = async (
  documentType: DocumentType,
  steps: readonly CaptureStep[],
): Promise<Belongings> => {
  const { header, scene } = await filmOf(await sessionClip(documentType, steps));
  const scenes = new Map<CaptureStep, Buffer>();
  for (const step of steps) {
    const pictures = await scene((frame) => frame.step === step && frame.isSettled);
    if (pictures.length > 0) scenes.set(step, pictures);
  }
  return { header, scenes };
};

const drawn = new Map<string, Promise<Belongings>>();

/** A document and a face; drawn once in a process. */
export const belongingsOf = (
  documentType: DocumentType,
  steps: readonly CaptureStep[] = SESSION_STEPS,
): Promise<Belongings> => {
  const key = [documentType, ...steps].join(' ');
  const belongings = drawn.get(key) ?? drawBelongings(documentType, steps);
  drawn.set(key, belongings);
  return belongings;
};

export interface Hands {
  /** The command line of a kiosk whose camera sees them. */
  readonly args: readonly string[];
  /** Serves a kiosk until it ends. */
  readonly serve: (kiosk: RunningKiosk) => Promise<void>;
}

/** The step the capture screen asks for, once it is not `known`; undefined where the page goes first. */
const nextStep = (page: Page, known: CaptureStep | undefined): Promise<CaptureStep | undefined> =>
  page
    .evaluate(
      (before) =>
        new Promise<CaptureStep>((resolve) => {
          const look = (): void => {
            const screen = document.querySelector<HTMLElement>('[data-screen="capture"]');
            const step = screen?.dataset['step'];
            if (step === undefined || step === before) return;
            observer.disconnect();
            resolve(step as CaptureStep);
          };
          const observer = new MutationObserver(look);
          observer.observe(document, {
            subtree: true,
            childList: true,
            attributeFilter: ['data-step'],
          });
          look();
        }),
      known,
    )
    .catch(() => undefined);

/** `file`: what the camera shows, with the ending `.y4m`. */
export const handsBefore = async (file: string, { header, scenes }: Belongings): Promise<Hands> => {
  const [atFirst = Buffer.alloc(0)] = scenes.values();
  await writeFile(file, Buffer.concat([header, atFirst]));
  return {
    args: [`--use-file-for-fake-video-capture=${file}`],
    serve: async (kiosk) => {
      const child = kiosk.app.process();
      const camera = await open(file, 'r+');
      let shown = atFirst;
      let asked: CaptureStep | undefined;
      while (child.exitCode === null && child.signalCode === null) {
        const step = await nextStep(kiosk.page, asked);
        if (step === undefined) {
          await setTimeout(LOOK_AGAIN_MS);
          continue;
        }
        asked = step;
        const wanted = scenes.get(step) ?? shown;
        if (wanted !== shown) await camera.write(wanted, 0, wanted.length, header.length);
        shown = wanted;
      }
      await camera.close();
    },
  };
};
