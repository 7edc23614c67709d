/** `WebFrameMain`: a frame as the app sees it in IPC events. One object per frame, for its life. */
import type { WebFrameMain } from 'electron';
import { emulated, type Strict } from '../emulated.ts';
import type { Frame, FrameTree } from '../page/frames.ts';
import { toApp } from '../scheme-url.ts';

type Emulated = Pick<
  WebFrameMain,
  | 'url'
  | 'origin'
  | 'name'
  | 'parent'
  | 'top'
  | 'frames'
  | 'framesInSubtree'
  | 'detached'
  | 'isDestroyed'
  | 'processId'
  | 'routingId'
  | 'frameToken'
>;

/** `scheme://host` of a URL, 'null' for one without (about:blank, data:). */
const originOf = (url: string): string =>
  /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)/i.exec(url)?.[1] ?? 'null';

const isFrame = (object: WebFrameMain | null): object is WebFrameMain => object !== null;

/** Makes the frame objects of one page. */
export const createFrameObjects = (
  frames: () => FrameTree | null,
): ((frame: Frame | null) => WebFrameMain | null) => {
  const made = new Map<string, WebFrameMain>();
  const objectOf = (frame: Frame | null | undefined): WebFrameMain | null => {
    if (frame === null || frame === undefined) return null;
    const known = made.get(frame.id);
    if (known !== undefined) return known;
    const children = (): Frame[] => {
      const all = frames()?.all() ?? [];
      return all.filter(({ parentId }) => parentId === frame.id);
    };
    const isGone = (): boolean => frames()?.get(frame.id) !== frame;
    const object: WebFrameMain = emulated<WebFrameMain>('WebFrameMain', {
      get url() {
        return toApp(frame.url);
      },
      get origin() {
        return originOf(toApp(frame.url));
      },
      get name() {
        return frame.name;
      },
      get parent() {
        return frame.parentId === null ? null : objectOf(frames()?.get(frame.parentId));
      },
      get top() {
        return objectOf(frames()?.root);
      },
      get frames() {
        return children().map(objectOf).filter(isFrame);
      },
      get framesInSubtree() {
        return [
          object,
          ...object.frames.flatMap((child: WebFrameMain): WebFrameMain[] => child.framesInSubtree),
        ];
      },
      get detached() {
        return isGone();
      },
      isDestroyed: isGone,
      // Chromium's own numbers are not on the wire; one process and one route per frame stand in.
      processId: 1,
      routingId: made.size + 1,
      frameToken: frame.id,
    } satisfies Strict<Emulated>);
    made.set(frame.id, object);
    return object;
  };
  return objectOf;
};
