/** `app.commandLine`: the switches of the process, and those the app adds for Chromium. */
import type { CommandLine } from 'electron';
import { emulated, type Strict } from '../emulated.ts';
import { hostOptions } from '../host-options.ts';

/** What the app added: passed on to Chromium. */
export const appSwitches = new Map<string, string>();

const all = new Map(hostOptions.switches);

export const commandLine = emulated<CommandLine>('app.commandLine', {
  appendArgument: () => undefined,
  appendSwitch: (name, value) => {
    appSwitches.set(name.toLowerCase(), value ?? '');
    all.set(name.toLowerCase(), value ?? '');
  },
  getSwitchValue: (name) => all.get(name) ?? '',
  hasSwitch: (name) => all.has(name),
  removeSwitch: (name) => {
    appSwitches.delete(name);
    all.delete(name);
  },
} satisfies Strict<CommandLine>);
