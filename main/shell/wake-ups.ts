/**
 * What the system says about sleep and network: hints to try sooner, never facts. `isOnline` may be
 * true without any server in reach, and false with one.
 */
import { net, powerMonitor } from 'electron';

export interface WakeUps {
  /** The machine slept and is awake again. */
  readonly onResume: () => void;
  /** There was no network interface a moment ago and there is one now. */
  readonly onOnline: () => void;
}

/** Electron tells nobody in main when the network returns. Own decision: a glance every five seconds. */
const GLANCE_MS = 5_000;

/** Watches until the returned function is called. */
export const watchWakeUps = ({ onResume, onOnline }: WakeUps): (() => void) => {
  let wasOnline = net.isOnline();
  const timer = setInterval(() => {
    const isOnline = net.isOnline();
    if (isOnline && !wasOnline) onOnline();
    wasOnline = isOnline;
  }, GLANCE_MS);
  powerMonitor.on('resume', onResume);
  return () => {
    clearInterval(timer);
    powerMonitor.off('resume', onResume);
  };
};
