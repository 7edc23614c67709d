import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const system = vi.hoisted(() => ({ isOnline: true, onResume: new Set<() => void>() }));
vi.mock('electron', () => ({
  net: { isOnline: () => system.isOnline },
  powerMonitor: {
    on: (_event: string, listener: () => void) => system.onResume.add(listener),
    off: (_event: string, listener: () => void) => system.onResume.delete(listener),
  },
}));
const { watchWakeUps } = await import('../../../../main/shell/wake-ups.ts');

let stop: () => void;
const onResume = vi.fn();
const onOnline = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  system.isOnline = true;
  onResume.mockClear();
  onOnline.mockClear();
  stop = watchWakeUps({ onResume, onOnline });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('wake-ups', () => {
  it('tell once that the network is back, and nothing while it stays as it is', () => {
    vi.advanceTimersByTime(60_000);
    system.isOnline = false;
    vi.advanceTimersByTime(60_000);
    expect(onOnline).not.toHaveBeenCalled();
    system.isOnline = true;
    vi.advanceTimersByTime(60_000);
    expect(onOnline).toHaveBeenCalledOnce();
  });

  it('tell that the machine slept', () => {
    for (const listener of system.onResume) listener();
    expect(onResume).toHaveBeenCalledOnce();
  });

  it('tell nothing any more once they were stopped', () => {
    stop();
    system.isOnline = false;
    vi.advanceTimersByTime(10_000);
    system.isOnline = true;
    vi.advanceTimersByTime(10_000);
    expect(onOnline).not.toHaveBeenCalled();
    expect(system.onResume.size).toBe(0);
  });
});
