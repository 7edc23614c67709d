/** The customer's channels → the session. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import { fitPicture } from '../capture/image-pipeline.ts';
import type { Kiosk } from '../kiosk.ts';

type SessionChannel = Extract<keyof ChannelHandlers, `session:${string}` | `capture:${string}`>;

/** `onCustomerGone`: replaces the page, and resolves once the one that asked is gone. */
export const sessionHandlers = (
  kiosk: Kiosk,
  onCustomerGone: () => Promise<void>,
): Pick<ChannelHandlers, SessionChannel> => ({
  'session:start-session': async (request) => {
    const obstacle = await kiosk.obstacle();
    return obstacle === null ? kiosk.startSession(request) : fail(obstacle);
  },
  'session:get-session': () => ok(kiosk.session.view()),
  'session:replace-token': ({ token }) => kiosk.session.replaceToken(token),
  'session:choose-document': ({ country, documentType }) =>
    kiosk.session.chooseDocument(country, documentType),
  'session:keep-aids': ({ aids }) => kiosk.session.keepAids(aids),
  'session:submit-session': () => kiosk.submit(),
  'session:end-session': async () => {
    const ended = kiosk.endSession();
    // Awaited, so that the page shows nothing of its own any more: its answer finds nobody.
    if (ended.ok) await onCustomerGone();
    return ended;
  },
  'capture:store-picture': async ({ step, source, bytes, isTakenAsIs = false }) => {
    const session = kiosk.session;
    const expected = session.expects(step);
    if (!expected.ok) return expected;
    const { customer } = session.pages;
    const fitted = await fitPicture(bytes, source);
    bytes.fill(0);
    if (!fitted.ok) return fitted;
    // SECURITY: SEC-22
    if (customer.aborted) {
      // Of somebody who has gone, or of a document that was changed meanwhile.
      fitted.value.jpeg.fill(0);
      return fail('STEP_NOT_EXPECTED');
    }
    return session.store(step, source, fitted.value, isTakenAsIs);
  },
  'capture:read-picture': ({ pictureId }) => {
    const picture = kiosk.session.read(pictureId);
    return picture.ok ? ok({ bytes: picture.value }) : picture;
  },
  'capture:discard-picture': ({ step }) => kiosk.session.discard(step),
});
