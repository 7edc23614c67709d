/**
 * Every tour there is, and the closed list of what they must have shown. A screen or a state of the
 * flow that nobody listed here is an error: nothing can be added that no picture shows.
 */
import type { AnyStateNode } from 'xstate';
import type { DialogName } from '../../renderer/components/modal.tsx';
import type { ScreenName } from '../../renderer/components/screen-names.ts';
import { flowMachines, statesOf } from '../support/flow-drawing.ts';
import { customerTour } from './customer-tour.ts';
import { frontDeskTour, tellerTour } from './desk-tour.ts';
import { staffTour } from './staff-tour.ts';
import { Station, type Look, type Mode, type Scene, type TourRequest } from './station.ts';
import type { Stand } from './stand.ts';

const TOURS: readonly (readonly [Mode, (at: Station) => Promise<void>])[] = [
  ['self-service', customerTour],
  ['self-service', staffTour],
  ['teller', tellerTour],
  ['front-desk', frontDeskTour],
];

/** All that can stand on the page. A name that is missing here is a type error. */
const SHOWN: Readonly<Record<ScreenName | DialogName, true>> = {
  attract: true,
  desk: true,
  consent: true,
  token: true,
  document: true,
  capture: true,
  scan: true,
  'camera-problem': true,
  review: true,
  submitting: true,
  delivering: true,
  receipt: true,
  failure: true,
  'out-of-service': true,
  locked: true,
  'operator-door': true,
  'operator-room': true,
  idle: true,
  'start-over': true,
  'item-action': true,
  'leave-kiosk': true,
};

/** What each state of the flow shows; null where nobody sees it, because it passes by itself. */
const STATE_SCREENS: Readonly<Record<string, ScreenName | null>> = {
  'kiosk.starting': null,
  'kiosk.routing': null,
  'kiosk.following': null,
  'kiosk.attract': 'attract',
  'kiosk.locked.idle': 'locked',
  'kiosk.locked.unlocking': 'locked',
  'kiosk.outOfService.idle': 'out-of-service',
  'kiosk.outOfService.retrying': 'out-of-service',
  'kiosk.operator': 'operator-room',
  'kiosk.customer.consent': 'consent',
  'kiosk.customer.token': 'token',
  'kiosk.customer.opening': 'consent',
  'kiosk.customer.replacing': null,
  'kiosk.customer.placing': null,
  'kiosk.customer.document.choosing': 'document',
  'kiosk.customer.document.storing': 'document',
  'kiosk.customer.scan': 'scan',
  'kiosk.customer.capture.aiming': 'capture',
  'kiosk.customer.capture.shooting': 'capture',
  'kiosk.customer.review.reading': null,
  'kiosk.customer.review.ready': 'review',
  'kiosk.customer.failure': 'failure',
  'kiosk.customer.refreshing': null,
  'kiosk.submitting.saving': 'submitting',
  'kiosk.submitting.waiting': 'submitting',
  'kiosk.delivering': 'delivering',
  'kiosk.receipt': 'receipt',
  'kiosk.ending': null,
};

const isLeaf = ({ states }: AnyStateNode): boolean => Object.keys(states).length === 0;

/** What the pictures of these scenes leave out; empty when they show all there is. */
export const missingFrom = (scenes: readonly Scene[]): readonly string[] => {
  const seen = new Set(scenes.map(({ screen }) => screen));
  const states = statesOf(flowMachines().kiosk)
    .filter(isLeaf)
    .map(({ id }) => id);
  return [
    ...states.filter((state) => !(state in STATE_SCREENS)).map((state) => `state ${state}`),
    ...Object.keys(STATE_SCREENS)
      .filter((state) => !states.includes(state))
      .map((state) => `${state} is no state`),
    ...Object.keys(SHOWN)
      .filter((screen) => !seen.has(screen))
      .map((screen) => `screen ${screen}`),
    ...[...seen].filter((screen) => !(screen in SHOWN)).map((screen) => `${screen} is not listed`),
  ];
};

/** Goes through every screen; `look` is called at each. */
export const takeTours = async (
  stand: Stand,
  request: TourRequest,
  look: Look,
): Promise<readonly Scene[]> => {
  const scenes: Scene[] = [];
  if (!request.isWatched) await stand.blind();
  for (const [mode, tour] of TOURS) {
    const at = new Station(stand, mode, request, async (scene) => {
      scenes.push(scene);
      await look(scene);
    });
    await tour(at);
  }
  return scenes;
};
