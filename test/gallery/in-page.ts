/**
 * What stands in the page before its own scripts: a bridge without a preload, cameras without a
 * device, and a clock that can be stopped. Sent by its source, so it stands on its own; it adds to
 * the page what Electron and the machine would, and takes nothing of the product away.
 */
import type { ChannelName, EventName } from '../../preload/contract/channel-names.ts';

/** Why a camera can't be opened, by the names the browser gives; `none`: there is no camera. */
export type CameraFault =
  'NotAllowedError' | 'NotReadableError' | 'NotFoundError' | 'hangs' | 'none';

/** What the fake cameras do: show the picture at an address, or fail. */
export type CameraAct = { readonly show: string } | { readonly fault: CameraFault };

/** The hands by which a test moves the page. */
export interface StandIns {
  readonly tell: (event: EventName, payload: unknown) => void;
  readonly act: (act: CameraAct) => void;
  /** Stops `performance.now` and the cameras, so that no countdown moves on and nothing is seen. */
  readonly stopClock: (isStopped: boolean) => void;
}

/** What Playwright exposes: asks the fake kiosk. */
export type AskKiosk = (channel: ChannelName, request: unknown) => Promise<unknown>;

export interface Names {
  readonly channels: readonly ChannelName[];
  readonly events: readonly EventName[];
  /** As the real cameras of a desk are listed. */
  readonly cameras: readonly string[];
}

declare global {
  interface Window {
    readonly askKiosk: AskKiosk;
    readonly standIns: StandIns;
  }
}

export const installStandIns = ({ channels, events, cameras }: Names): void => {
  const camel = (words: string): string =>
    words.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
  const api: Record<string, Record<string, unknown>> = {};
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>();
  for (const name of channels) {
    const [area = '', verb = ''] = name.split(':');
    (api[area] ??= {})[camel(verb)] = (request: unknown) => window.askKiosk(name, request);
  }
  for (const name of events) {
    const [area = '', noun = ''] = name.split(':');
    const told = new Set<(payload: unknown) => void>();
    listeners.set(name, told);
    (api[area] ??= {})[camel(`on-${noun}`)] = (listener: (payload: unknown) => void) => {
      told.add(listener);
      return () => told.delete(listener);
    };
  }

  const running = performance.now.bind(performance);
  let stoppedAtMs: number | null = null;
  let act: CameraAct = { fault: 'none' };
  const picture = new Image();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const draw = (): void => {
    if (picture.naturalWidth === 0 || stoppedAtMs !== null) return;
    if (canvas.width !== picture.naturalWidth) canvas.width = picture.naturalWidth;
    if (canvas.height !== picture.naturalHeight) canvas.height = picture.naturalHeight;
    context?.drawImage(picture, 0, 0);
  };
  const FRAME_MS = 200;
  setInterval(draw, FRAME_MS);
  const openCamera = async (): Promise<MediaStream> => {
    if ('fault' in act) {
      if (act.fault === 'hangs') return new Promise(() => {});
      throw new DOMException('', act.fault === 'none' ? 'NotFoundError' : act.fault);
    }
    await picture.decode();
    draw();
    return canvas.captureStream();
  };
  const listed = cameras.map((label, index) => ({
    kind: 'videoinput',
    deviceId: String(index),
    groupId: '',
    label,
  }));
  Object.assign(navigator.mediaDevices, {
    enumerateDevices: async () => ('fault' in act && act.fault === 'none' ? [] : listed),
    getUserMedia: openCamera,
  });

  performance.now = () => stoppedAtMs ?? running();

  const standIns: StandIns = {
    tell: (event, payload) => listeners.get(event)?.forEach((listener) => listener(payload)),
    act: (next) => {
      act = next;
      if ('show' in next) picture.src = next.show;
    },
    stopClock: (isStopped) => {
      stoppedAtMs = isStopped ? running() : null;
    },
  };
  Object.assign(window, { kiosk: api, standIns });
};
