/** What only the operating system can tell about the machine, as a port. */
import { networkInterfaces } from 'node:os';

export interface Machine {
  readonly platform: NodeJS.Platform;
  /** True when the machine has an address on any network but its own. */
  hasNetwork(): boolean;
}

/** This machine. */
export const systemMachine: Machine = {
  platform: process.platform,
  hasNetwork: () =>
    Object.values(networkInterfaces()).some((addresses) =>
      addresses?.some(({ internal }) => !internal),
    ),
};
