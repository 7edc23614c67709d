/**
 * One Chromium page behind one Electron web contents: attaches to it, injects the preload, follows
 * its life. Decides nothing: whatever Electron would ask the app goes to the delegate.
 */
import { randomUUID } from 'node:crypto';
import { ignoreGone, type CdpConnection, type CdpSession } from '../cdp.ts';
import type { FromRenderer, ToRenderer } from '../injected/isolated-world.ts';
import { toChromium } from '../scheme-url.ts';
import { followFrames, type Frame, type FrameTree } from './frames.ts';
import {
  BINDING_NAME,
  isolatedWorldSource,
  mainWorldSource,
  PRELOAD_WORLD,
} from './injected-source.ts';
import { listenToRenderer, sendToRenderer } from './messenger.ts';
import { createRequestRouter, type RequestJudge, type RouteRequests } from './requests.ts';

export interface PageDelegate extends RequestJudge {
  onMessage(message: FromRenderer, frame: Frame | null, contextId: number): void;
  onCommit(frame: Frame): void;
  onInPageNavigation(frame: Frame): void;
  onDomReady(): void;
  onLoad(): void;
  onFirstPaint(): void;
  onConsole(level: string, text: string, frame: Frame | null): void;
  onCrash(): void;
}

/** A navigation Chromium refused, with its net:: name. */
export class LoadError extends Error {}

export interface Page {
  readonly targetId: string;
  readonly frames: FrameTree;
  /** Resolves when the document has loaded; rejects with a LoadError when Chromium refuses it. */
  load(url: string): Promise<void>;
  reload(): void;
  /** Value of an expression in the page's own world. Throws an Error with the page's message. */
  evaluate(expression: string): Promise<unknown>;
  /** To the world given, else to the main frame's preload. */
  deliver(message: ToRenderer, contextId?: number): void;
  crash(): void;
  /** Empties everything stored for an origin, as Chromium knows it. */
  clearStorage(origin: string): Promise<void>;
}

const relayEvents = (session: CdpSession, frames: FrameTree, delegate: PageDelegate): void => {
  let isFirstPage = true;
  const forgetBlankPage = (): void => {
    if (!isFirstPage || frames.root.url === 'about:blank') return;
    isFirstPage = false;
    // The blank page Chromium starts with is no page of the app: nobody may go back to it.
    session.send('Page.resetNavigationHistory').catch(ignoreGone);
  };
  session.on('Page.frameNavigated', ({ frame }) => {
    const known = frames.get(frame.id);
    if (known !== null) delegate.onCommit(known);
  });
  session.on('Page.navigatedWithinDocument', ({ frameId }) => {
    const known = frames.get(frameId);
    if (known !== null) delegate.onInPageNavigation(known);
  });
  session.on('Page.domContentEventFired', () => {
    delegate.onDomReady();
  });
  session.on('Page.lifecycleEvent', ({ frameId, name }) => {
    if (frameId !== frames.root.id) return;
    if (name === 'firstPaint') delegate.onFirstPaint();
    if (name !== 'load') return;
    forgetBlankPage();
    delegate.onLoad();
  });
  session.on('Runtime.consoleAPICalled', ({ type, args, executionContextId }) => {
    const text = args.map(({ value, description }) => String(value ?? description ?? '')).join(' ');
    delegate.onConsole(type, text, frames.ofContext(executionContextId));
  });
  session.on('Inspector.targetCrashed', () => {
    delegate.onCrash();
  });
};

/** Resolves when the main frame has loaded the document of a navigation, or one that came after it. */
const followLoads = (
  session: CdpSession,
  rootId: string,
): ((loaderId: string) => Promise<void>) => {
  let lastLoaded = '';
  let waiting: (() => void)[] = [];
  session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
    if (frameId !== rootId || name !== 'load') return;
    lastLoaded = loaderId;
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  return async (loaderId) => {
    if (lastLoaded === loaderId) return;
    // The document before has been replaced by now: the next to load is this one or a later one.
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  };
};

/** Workers of the page have sessions of their own; their requests go the same way. */
const routeWorkers = async (
  cdp: CdpConnection,
  session: CdpSession,
  route: RouteRequests,
): Promise<void> => {
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const worker = cdp.session(sessionId);
    const ready = targetInfo.type === 'worker' ? route(worker) : Promise.resolve();
    ready
      .catch(ignoreGone)
      .then(() => worker.send('Runtime.runIfWaitingForDebugger'))
      .catch(ignoreGone);
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
  });
};

/**
 * Prepares a fresh target, before it has loaded anything.
 * @param preload source text of the preload, '' without one
 */
export const attachPage = async (
  cdp: CdpConnection,
  target: { readonly targetId: string; readonly sessionId: string },
  preload: string,
  delegate: PageDelegate,
): Promise<Page> => {
  const session = cdp.session(target.sessionId);
  const frames = followFrames(session, target.targetId);
  const route = createRequestRouter(target.targetId, delegate);
  const token = randomUUID();
  listenToRenderer(session, (message, contextId) => {
    delegate.onMessage(message, frames.ofContext(contextId), contextId);
  });
  relayEvents(session, frames, delegate);
  const whenLoaded = followLoads(session, target.targetId);
  await Promise.all([
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Inspector.enable'),
    session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
    session.send('Runtime.addBinding', { name: BINDING_NAME, executionContextName: PRELOAD_WORLD }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(token) }),
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedWorldSource(token, preload),
      worldName: PRELOAD_WORLD,
    }),
    route(session),
    routeWorkers(cdp, session, route),
  ]);

  return {
    targetId: target.targetId,
    frames,
    load: async (url) => {
      const { errorText, loaderId } = await session.send('Page.navigate', {
        url: toChromium(url),
      });
      if (errorText !== undefined) throw new LoadError(errorText);
      // Without a loader only the fragment has changed.
      if (loaderId !== undefined) await whenLoaded(loaderId);
    },
    reload: () => {
      session.send('Page.reload').catch(ignoreGone);
    },
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        userGesture: true,
      });
      if (exceptionDetails !== undefined)
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as unknown;
    },
    deliver: (message, contextId) => {
      const world = contextId ?? frames.preloadContext();
      if (world !== null) sendToRenderer(session, world, message);
    },
    crash: () => {
      session.send('Page.crash').catch(ignoreGone);
    },
    clearStorage: async (origin) => {
      await session
        .send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
        .catch(ignoreGone);
    },
  };
};
