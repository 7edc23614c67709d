/** Keeps memory out of core dumps, where the system has a switch for it (Linux). */
import { writeFileSync } from 'node:fs';

/**
 * From now on a core dump of this process, and of those it starts, holds none of their memory: what
 * sets limits is a program of its own, this is one line. Source: core(5), "Controlling which mappings
 * are written to the core dump". Chromium's sandboxed processes make no dump at all.
 */
// SECURITY: SEC-23
export const emptyCoreDumps = (): void => {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // A system without the switch: the self-test says what the limit allows.
  }
};
