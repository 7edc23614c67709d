/** A customer's way, with all that can come between: every screen of self-service. */
import { ownBrand } from './bank.ts';
import type { Station } from './station.ts';

const NOT_SAVED = 'STORAGE_FAILED';

const beginning = async (at: Station): Promise<void> => {
  at.prepare();
  await at.start('attract');
  await at.look('waiting');
  await at.press('start');
  await at.screen('consent');
  await at.look('shipped text');
  await at.press('accept');
  await at.screen('document');
  await at.look('nothing chosen');
  await at.click('[data-country="LT"]');
  await at.click('[data-document-type="DRIVER_LICENSE"]');
  await at.look('chosen');
  at.prepare({ environment: 'training' });
  await at.start('attract');
  await at.look('training');
};

const largeText = async (at: Station): Promise<void> => {
  at.prepare();
  await at.start('attract');
  await at.click('[data-aid="text-200"]');
  await at.look('text at 200 %');
  await at.press('start');
  await at.screen('consent');
  await at.look('text at 200 %');
};

const ownLook = async (at: Station): Promise<void> => {
  at.prepare({ brand: ownBrand() });
  await at.start('attract');
  await at.look('a bank’s own look');
  await at.press('start');
  await at.screen('consent');
  await at.look('a bank’s own look');
  at.resume('ID_CARD', []);
  await at.start('capture', 'card-far');
  await at.aimed();
  await at.look('a bank’s own look');
};

const capturing = async (at: Station): Promise<void> => {
  at.prepare();
  at.resume('ID_CARD', []);
  await at.start('capture', 'card-far');
  await at.aimed();
  await at.look('front');
  await at.click('[data-action="choose-camera"]');
  await at.look('other cameras');
  await at.press('start-over');
  await at.has('[data-dialog="start-over"]');
  await at.look('from capture');
  at.resume('ID_CARD', ['FRONT']);
  await at.start('capture', 'back-far');
  await at.aimed();
  await at.look('back');
  at.resume('ID_CARD', ['FRONT', 'BACK']);
  await at.start('capture', 'face-far');
  await at.aimed();
  await at.look('face');
  at.resume('PASSPORT', ['FRONT', 'FACE']);
  at.kiosk.view = {
    ...at.kiosk.view,
    steps: [...at.kiosk.view.steps, { step: 'UTILITY_BILL', required: false, picture: null }],
  };
  await at.start('capture', 'bill-far');
  await at.aimed();
  await at.look('bill, may be skipped');
};

const cameraTrouble = async (at: Station): Promise<void> => {
  at.prepare();
  at.resume('ID_CARD', []);
  await at.start('capture', { fault: 'hangs' });
  await at.look('starting');
  for (const fault of ['none', 'NotAllowedError', 'NotReadableError'] as const) {
    await at.start('camera-problem', { fault });
    await at.look(fault === 'none' ? 'no camera' : fault === 'NotAllowedError' ? 'denied' : 'busy');
  }
};

/** What the worker read on the document stands on the next screens. */
const doubting = async (at: Station): Promise<void> => {
  at.prepare();
  at.resume('PASSPORT', []);
  await at.start('capture', 'passport');
  await at.taken('[data-step="FACE"]');
  await at.camera('table');
  await at.aimed('NO_FACE');
  await at.camera('face-far');
  await at.aimed('CLOSER');
  await at.look('face, after a doubtful document');
  await at.camera('FACE');
  await at.taken('[data-screen="review"]');
  await at.look('doubtful document, straightened');
};

const reviewing = async (at: Station): Promise<void> => {
  at.prepare();
  at.resume('PASSPORT', ['FRONT', 'FACE']);
  await at.start('review');
  await at.look('passport');
  at.resume('ID_CARD', ['FRONT', 'BACK', 'FACE']);
  at.kiosk.view = {
    ...at.kiosk.view,
    steps: at.kiosk.view.steps.map((entry) => ({
      ...entry,
      picture: entry.picture && {
        ...entry.picture,
        warnings: entry.step === 'BACK' ? ['TOO_DARK', 'TAKEN_AS_IS'] : [],
      },
    })),
  };
  await at.start('review');
  await at.look('card with a doubtful picture');
};

/** From the review on, until the end. */
const sending = async (at: Station): Promise<void> => {
  const release = at.kiosk.hold('session:submit-session');
  await at.press('submit');
  await at.screen('submitting');
  await at.look('saving');
  release();
  await at.screen('delivering');
  at.kiosk.progress({ stage: 'sending', sentBytes: 1_300_000, totalBytes: 2_400_000 });
  await at.has('[data-stage="sending"]');
  await at.look('sending');
  at.kiosk.settle('delivered');
  await at.screen('receipt');
  await at.look('delivered');
};

const otherEndings = async (at: Station): Promise<void> => {
  at.prepare({ environment: 'training' });
  at.resume('PASSPORT', ['FRONT', 'FACE']);
  await at.start('review');
  at.kiosk.failNext('session:submit-session', NOT_SAVED);
  await at.press('submit');
  await at.screen('failure');
  await at.look('nothing was saved, training');
  at.prepare({ environment: 'training' });
  at.resume('PASSPORT', ['FRONT', 'FACE']);
  await at.start('review');
  await at.press('submit');
  await at.screen('delivering');
  at.kiosk.settle('saved');
  await at.screen('receipt');
  await at.look('saved, training');
  at.prepare();
  at.resume('PASSPORT', ['FRONT', 'FACE']);
  await at.start('review');
  await at.press('submit');
  await at.screen('delivering');
  at.kiosk.settle('MARKID_BAD_VALUE');
  await at.screen('failure');
  await at.look('refused by Mark ID');
};

/** Mark ID has it and gave no number: the bank handed its token over, and the kiosk had to ask. */
const withoutNumber = async (at: Station): Promise<void> => {
  at.prepare({ tokenSource: 'handoff' });
  at.resume('PASSPORT', ['FRONT', 'FACE']);
  await at.start('review');
  await at.press('submit');
  await at.screen('delivering');
  at.kiosk.settle('confirmed');
  await at.screen('receipt');
  await at.look('confirmed by asking, no number');
};

const silence = async (at: Station): Promise<void> => {
  at.prepare({ idle: { warnAfterMs: 300, wipeAfterMs: 15_300 } });
  at.resume('PASSPORT', ['FRONT', 'FACE']);
  await at.start('review');
  await at.has('[data-dialog="idle"]');
  await at.look('at the review');
};

export const customerTour = async (at: Station): Promise<void> => {
  await beginning(at);
  await largeText(at);
  await ownLook(at);
  await capturing(at);
  await doubting(at);
  await cameraTrouble(at);
  await reviewing(at);
  await sending(at);
  await otherEndings(at);
  await withoutNumber(at);
  await silence(at);
};
