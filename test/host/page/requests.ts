/**
 * Every request of a page passes here: questions are answered by the host, navigations
 * are put to the app, our own scheme is served by the app's protocol handler. Nothing else leaves.
 */
import { CdpError, ignoreGone, type CdpSession } from '../cdp.ts';
import type { KeyInput, Question } from '../injected/ask-host.ts';
import { toApp, toChromium } from '../scheme-url.ts';
import { QUESTION_PATH } from './injected-source.ts';

declare const typed: CdpSession;
type PausedRequest = Parameters<Parameters<typeof typed.on<'Fetch.requestPaused'>>[1]>[0];
type FailReason = 'Aborted' | 'BlockedByClient' | 'AddressUnreachable' | 'Failed';

export interface Navigation {
  /** As the app knows it. */
  readonly url: string;
  readonly frameId: string;
  readonly isRedirect: boolean;
}

export interface PageRequest {
  /** As the app knows it. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Electron's name of the kind: mainFrame, script, xhr … */
  readonly resourceType: string;
}

/** What the app's objects decide about a page's requests. */
export interface RequestJudge {
  /** True lets the key through. */
  onKey(input: KeyInput): boolean;
  /** False cancels. Asked only for navigations the page began, as Electron does. */
  onNavigation(navigation: Navigation): boolean;
  /** Runs before the main document is given out. Headers it gets beside those of the app. */
  beforeDocument(url: string): Promise<Readonly<Record<string, string>>>;
  /** null: the app cancelled it. undefined: nobody serves this scheme. */
  serve(request: PageRequest): Promise<Response | null | undefined>;
}

/** Answers the requests of a page's session, or of a worker's. */
export type RouteRequests = (session: CdpSession) => Promise<void>;

/** Names of webRequest's resourceType for CDP's kinds; the rest is lower case of the same word. */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  CSPViolationReport: 'cspReport',
  Fetch: 'xhr',
  WebSocket: 'webSocket',
  XHR: 'xhr',
};

const bodyOf = ({ request }: PausedRequest): Buffer | null => {
  const entries = request.postDataEntries ?? [];
  if (request.hasPostData !== true) return null;
  return Buffer.concat(entries.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')));
};

const headersOf = ({ request }: PausedRequest): Record<string, string> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, toApp(value)]));

const answerHeaders = (
  headers: Iterable<readonly [string, string]>,
): Array<{ name: string; value: string }> =>
  [...headers].map(([name, value]) => ({
    name,
    value: name === 'location' ? toChromium(value) : value,
  }));

/** @param rootFrameId the page's main frame */
export const createRequestRouter = (rootFrameId: string, judge: RequestJudge): RouteRequests => {
  /**
   * What each frame has asked for and not yet requested. Chromium sends the asking and the request
   * through the same channel, so the one is always known before the other comes; a document
   * nobody asked for is the app's (loadURL, reload) or DevTools' own.
   */
  const askedByFrame = new Map<string, string>();

  const isAllowedNavigation = (paused: PausedRequest, url: string): boolean => {
    const { frameId, request } = paused;
    const isRedirect = paused.redirectedRequestId !== undefined;
    const isAsked = askedByFrame.get(frameId) === request.url + (request.urlFragment ?? '');
    askedByFrame.delete(frameId);
    return !(isRedirect || isAsked) || judge.onNavigation({ url, frameId, isRedirect });
  };

  const answerQuestion = (question: Question, frameId: string): boolean =>
    question.about === 'key'
      ? judge.onKey(question.input)
      : judge.onNavigation({ url: toApp(question.url), frameId, isRedirect: false });

  const answer = async (session: CdpSession, paused: PausedRequest): Promise<void> => {
    const { requestId, request } = paused;
    const fail = async (errorReason: FailReason): Promise<void> => {
      await session.send('Fetch.failRequest', { requestId, errorReason });
    };
    const { pathname, search } = new URL(request.url);
    if (pathname === QUESTION_PATH) {
      const question: Question = JSON.parse(decodeURIComponent(search.slice(1)));
      const responseCode = answerQuestion(question, paused.frameId) ? 204 : 403;
      await session.send('Fetch.fulfillRequest', { requestId, responseCode });
      return;
    }
    if (paused.resourceType === 'Other' && pathname === '/favicon.ico') {
      // Chromium asks for one by itself, Electron does not.
      await session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
      return;
    }
    const url = toApp(request.url) + (request.urlFragment ?? '');
    const isDocument = paused.resourceType === 'Document';
    const isMainDocument = isDocument && paused.frameId === rootFrameId;
    if (isDocument && !isAllowedNavigation(paused, url)) {
      await fail('Aborted');
      return;
    }
    const documentType = isMainDocument ? 'mainFrame' : 'subFrame';
    const response = await judge.serve({
      url,
      method: request.method,
      headers: headersOf(paused),
      body: bodyOf(paused),
      resourceType: isDocument
        ? documentType
        : (RESOURCE_TYPES[paused.resourceType] ?? paused.resourceType.toLowerCase()),
    });
    if (response === null || response === undefined) {
      await fail(response === null ? 'BlockedByClient' : 'AddressUnreachable');
      return;
    }
    const added = isMainDocument ? await judge.beforeDocument(url) : {};
    const body = Buffer.from(await response.arrayBuffer());
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: answerHeaders([...response.headers, ...Object.entries(added)]),
      body: body.toString('base64'),
    });
  };

  const refuse = (session: CdpSession, requestId: string, error: unknown): void => {
    if (error instanceof CdpError) return;
    // The app's handler threw: Electron fails the request with net::ERR_FAILED.
    process.stderr.write(`electron host: protocol handler failed: ${String(error)}\n`);
    session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(ignoreGone);
  };

  return async (session) => {
    session.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      askedByFrame.set(frameId, url);
    });
    session.on('Fetch.requestPaused', (paused) => {
      answer(session, paused).catch((error: unknown) => {
        refuse(session, paused.requestId, error);
      });
    });
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  };
};
