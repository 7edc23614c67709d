import fc from 'fast-check';
import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CHANNEL_NAMES,
  EVENT_NAMES,
  type ChannelName,
} from '../../preload/contract/channel-names.ts';
import { channels, events } from '../../preload/contract/channels.ts';
import { ERROR_CODES } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail } from '../../preload/contract/result.ts';

type Invoke = (event: IpcMainInvokeEvent, ...payload: unknown[]) => Promise<unknown>;
const invokes = vi.hoisted(() => new Map<string, unknown>());
vi.mock('electron', () => ({
  ipcMain: {
    handle: (name: string, invoke: unknown): void => {
      invokes.set(name, invoke);
    },
  },
}));
const { openDoor } = await import('../../main/shell/ipc-door.ts');

const mainFrame = { url: 'app://kiosk/index.html' } as WebFrameMain;
const contents = { mainFrame, isDestroyed: () => false, send: vi.fn() } as unknown as WebContents;
const goodSender = { sender: contents, senderFrame: mainFrame } as IpcMainInvokeEvent;

let nowMs = 0;
const handler = vi.fn<(request: unknown) => unknown>();
const onFault = vi.fn();

/** Calls a channel a minute after the last call, so that the rate cap is out of the way. */
const call = (
  name: ChannelName,
  sender: IpcMainInvokeEvent,
  ...payload: unknown[]
): Promise<unknown> => {
  nowMs += 60_000;
  return (invokes.get(name) as Invoke)(sender, ...payload);
};

beforeEach(() => {
  invokes.clear();
  handler.mockReset().mockReturnValue(fail('NO_SESSION'));
  onFault.mockReset();
  openDoor({
    handlers: Object.fromEntries(CHANNEL_NAMES.map((name) => [name, handler])) as never,
    clock: {
      monotonicMs: () => nowMs,
      wallMs: () => 0,
      startOfDayMs: () => 0,
      sleep: () => Promise.resolve(),
    },
    contents: () => contents,
    onFault,
  });
});

it('describes every channel and event that the bridge exposes, and no other', () => {
  expect(Object.keys(channels).toSorted()).toEqual([...CHANNEL_NAMES].toSorted());
  expect(Object.keys(events).toSorted()).toEqual([...EVENT_NAMES].toSorted());
  expect([...invokes.keys()].toSorted()).toEqual([...CHANNEL_NAMES].toSorted());
});

describe.each(CHANNEL_NAMES)('%s', (name) => {
  const frame = (url: string): WebFrameMain => ({ url }) as WebFrameMain;
  const wrongSenders: [string, Partial<IpcMainInvokeEvent>][] = [
    ['a frame that is gone', { sender: contents, senderFrame: null }],
    [
      'a sub-frame of our own origin',
      { sender: contents, senderFrame: frame('app://kiosk/index.html') },
    ],
    ['another window', { sender: {} as WebContents, senderFrame: mainFrame }],
  ];

  it.each(wrongSenders)('SEC-08 refuses %s', async (_kind, sender) => {
    expect(await call(name, sender as IpcMainInvokeEvent)).toEqual(fail('FORBIDDEN_SENDER'));
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    'https://evil.example/',
    'app://kiosk.evil/',
    'app://other/',
    'file:///index.html',
    'about:blank',
    '',
    'nonsense',
  ])('SEC-08 refuses our main frame when it stands at %j', async (url) => {
    const moved = frame(url);
    const sender = { mainFrame: moved, isDestroyed: () => false } as WebContents;
    openDoor({
      handlers: Object.fromEntries(CHANNEL_NAMES.map((each) => [each, handler])) as never,
      clock: {
        monotonicMs: () => nowMs,
        wallMs: () => 0,
        startOfDayMs: () => 0,
        sleep: () => Promise.resolve(),
      },
      contents: () => sender,
      onFault,
    });
    expect(await call(name, { sender, senderFrame: moved } as IpcMainInvokeEvent)).toEqual(
      fail('FORBIDDEN_SENDER'),
    );
    expect(handler).not.toHaveBeenCalled();
  });

  it('SEC-09 answers 1 000 made-up payloads with a closed code, without a throw or an echo', async () => {
    const canary = 'CANARY-7f3a';
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.anything({
            withBigInt: true,
            withDate: true,
            withMap: true,
            withSet: true,
            withTypedArray: true,
            withSparseArray: true,
            values: [
              fc.constant(canary),
              fc.constant(undefined),
              fc.double(),
              fc.boolean(),
              fc.string(),
            ],
            key: fc.oneof(
              fc.constant(canary),
              fc.constantFrom('step', 'bytes', 'pin', 'language', 'camera', 'token'),
              fc.string(),
            ),
          }),
          { maxLength: 2 },
        ),
        async (payload) => {
          handler.mockClear();
          const answer = await call(name, goodSender, ...payload);
          const isValid =
            payload.length <= 1 && channels[name].request.safeParse(payload[0]).success;
          expect(handler).toHaveBeenCalledTimes(isValid ? 1 : 0);
          expect(channels[name].response.safeParse(answer).success).toBe(true);
          expect(JSON.stringify(answer)).not.toContain(canary);
        },
      ),
      { numRuns: 1_000, seed: 9 },
    );
    expect(onFault).not.toHaveBeenCalled();
  });

  it('SEC-09 refuses a payload over the byte cap before it is parsed', async () => {
    const limit = name === 'capture:store-picture' ? LIMITS.pictureBytes : 0;
    const answer = await call(name, goodSender, {
      bytes: new Uint8Array(limit + LIMITS.requestBytes + 1),
    });
    expect(answer).toEqual(fail('REQUEST_TOO_LARGE'));
  });

  it('SEC-09 refuses calls over the rate cap and lets them through again later', async () => {
    const invoke = invokes.get(name) as Invoke;
    for (let count = 0; count < LIMITS.requestsPerTenSeconds; count += 1)
      expect(await invoke(goodSender, 0)).not.toEqual(fail('RATE_LIMITED'));
    expect(await invoke(goodSender, 0)).toEqual(fail('RATE_LIMITED'));
    expect(await call(name, goodSender, 0)).not.toEqual(fail('RATE_LIMITED'));
  });
});

describe('a handler that breaks its promise', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('secret path /home/x');
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret'))],
    [
      'answers with more than the contract describes',
      () => ({ ok: true, value: null, secret: 'x' }),
    ],
    [
      'answers with a code outside the closed set',
      () => ({ ok: false, error: { code: 'secret' } }),
    ],
    ['answers with nothing', () => undefined],
  ])('that %s becomes INTERNAL_FAULT, is noted, and says nothing more', async (_kind, broken) => {
    handler.mockImplementation(broken);
    expect(await call('session:end-session', goodSender, undefined)).toEqual(
      fail('INTERNAL_FAULT'),
    );
    expect(onFault).toHaveBeenCalledExactlyOnceWith('session:end-session');
  });
});

it('SEC-09 stores one picture at a time', async () => {
  let finish = (): void => undefined;
  handler.mockReturnValue(
    new Promise(
      (resolve) =>
        (finish = () => {
          resolve(fail('NO_SESSION'));
        }),
    ),
  );
  const picture = { step: 'FRONT', source: 'camera', bytes: new Uint8Array([1]) };
  const first = call('capture:store-picture', goodSender, picture);
  expect(await call('capture:store-picture', goodSender, picture)).toEqual(fail('BUSY'));
  finish();
  expect(await first).toEqual(fail('NO_SESSION'));
});

it('keeps every error code unique and in the style of the house', () => {
  expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
  for (const code of ERROR_CODES) expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)*$/);
});
