/** What is different at a desk: the token of the bank, the scanner, and the counts of the outbox. */
import { fakePage, findAt, FLATBED } from '../support/fake-scans.ts';
import { fakeItem } from '../support/fake-kiosk-values.ts';
import { GLASS_QUADS } from './pictures.ts';
import type { Station } from './station.ts';

/** Both cards are found; which side is which, nobody could read. */
const glassPage = () =>
  fakePage(1, { cards: GLASS_QUADS.map((quad) => findAt(0, { quad, isCertain: false })) });

const scanning = async (at: Station): Promise<void> => {
  at.prepare({ scanner: { isOffered: true, remembered: FLATBED } });
  at.resume('ID_CARD', []);
  await at.start('scan');
  await at.has('[data-phase="ready"]');
  await at.look('ready');
  const release = at.kiosk.hold('scanner:scan-pages');
  at.kiosk.scans.outcomes.push({ pages: [glassPage()], code: null });
  await at.press('scan');
  await at.has('[data-phase="scanning"]');
  at.kiosk.scans.progress({ phase: 'scanning', pageIndex: 0, share: 0.4 });
  await at.look('scanning');
  release();
  await at.has('[data-phase="arranging"]');
  await at.look('both sides found');
  at.prepare({ scanner: { isOffered: true, remembered: FLATBED } });
  at.kiosk.scans.changeList({ scanners: [], code: 'SCANNER_NONE_FOUND' });
  at.resume('PASSPORT', []);
  at.kiosk.scans.outcomes.push({ pages: [], code: 'SCANNER_JAMMED' });
  await at.start('scan');
  await at.press('scan');
  await at.has('[data-code]');
  await at.look('jammed');
  await at.click('[data-action="choose-scanner"]');
  await at.look('another scanner');
  await at.press('camera');
  await at.screen('capture');
  await at.aimed();
  await at.look('by camera instead');
};

export const tellerTour = async (at: Station): Promise<void> => {
  at.prepare({ tokenSource: 'handoff', scanner: { isOffered: true, remembered: FLATBED } });
  await at.start('desk');
  await at.look('waiting');
  await at.fill('customer-reference', 'Ž');
  await at.press('start');
  await at.look('no reference');
  await at.fill('customer-reference', 'LT-4711-2026');
  await at.press('start');
  await at.screen('consent');
  await at.press('accept');
  await at.screen('token');
  await at.look('empty');
  await at.press('continue');
  await at.has('.field-error');
  await at.look('not a token');
  const field = at.page.locator('input[name="auth-token"]');
  await field.click();
  await field.dispatchEvent('pointerdown', { pointerType: 'touch' });
  await at.has('[data-keyboard]');
  await at.look('typed on the screen');
  await scanning(at);
};

export const frontDeskTour = async (at: Station): Promise<void> => {
  at.prepare();
  at.kiosk.changeOutbox(
    [fakeItem(1, 'QUEUED'), fakeItem(2, 'QUEUED'), fakeItem(3, 'NEEDS_PERSON')],
    { state: 'unreachable', code: 'NETWORK_UNREACHABLE' },
  );
  await at.start('desk');
  await at.look('offline, items wait');
  at.resume('PASSPORT', ['FRONT', 'FACE']);
  await at.start('review');
  await at.look('offline');
  await at.press('submit');
  await at.screen('delivering');
  at.kiosk.settle('saved');
  await at.screen('receipt');
  await at.look('saved');
};
