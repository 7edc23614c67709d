/** The frames of one page and the script worlds in them, as Chromium reports them. */
import type { CdpSession } from '../cdp.ts';
import { PRELOAD_WORLD } from './injected-source.ts';

export interface Frame {
  readonly id: string;
  readonly parentId: string | null;
  /** As Chromium knows it; see scheme-url.ts. */
  url: string;
  name: string;
}

export interface FrameTree {
  readonly root: Frame;
  get(id: string): Frame | null;
  all(): readonly Frame[];
  /** The frame a script world belongs to; null when either is gone. */
  ofContext(contextId: number): Frame | null;
  /** The world of the main frame's preload; null before it ran and while the page is replaced. */
  preloadContext(): number | null;
}

interface World {
  readonly frameId: string;
  readonly isPreload: boolean;
}

/** Follows the frames of a page from its first moment. */
export const followFrames = (session: CdpSession, rootId: string): FrameTree => {
  const root: Frame = { id: rootId, parentId: null, url: 'about:blank', name: '' };
  const frames = new Map<string, Frame>([[rootId, root]]);
  const worlds = new Map<number, World>();

  session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
    frames.set(frameId, { id: frameId, parentId: parentFrameId, url: '', name: '' });
  });
  session.on('Page.frameDetached', ({ frameId, reason }) => {
    if (reason !== 'swap') frames.delete(frameId);
  });
  session.on('Page.frameNavigated', ({ frame }) => {
    const known = frames.get(frame.id);
    if (known === undefined) return;
    known.url = frame.url + (frame.urlFragment ?? '');
    known.name = frame.name ?? '';
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    const known = frames.get(frameId);
    if (known !== undefined) known.url = url;
  });
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = (context.auxData ?? {}) as { readonly frameId?: string };
    if (frameId === undefined) return;
    worlds.set(context.id, { frameId, isPreload: context.name === PRELOAD_WORLD });
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    worlds.delete(executionContextId);
  });
  session.on('Runtime.executionContextsCleared', () => {
    worlds.clear();
  });
  session.on('Inspector.targetCrashed', () => {
    worlds.clear();
  });

  return {
    root,
    get: (id) => frames.get(id) ?? null,
    all: () => [...frames.values()],
    ofContext: (contextId) => frames.get(worlds.get(contextId)?.frameId ?? '') ?? null,
    preloadContext: () => {
      for (const [contextId, world] of worlds)
        if (world.isPreload && world.frameId === rootId) return contextId;
      return null;
    },
  };
};
