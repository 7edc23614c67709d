import { describe, expect, it } from 'vitest';
import { setupSteps } from '../../../../renderer/operator/setup-checklist.tsx';
import { door, status } from './sample-status.ts';

const open = (...args: Parameters<typeof setupSteps>): string[] =>
  setupSteps(...args)
    .filter(({ isDone }) => !isDone)
    .map(({ step }) => step);

describe('setupSteps', () => {
  it('leaves everything to do on a kiosk with nothing configured', () => {
    expect(
      open({ ...door, isPinSet: false, vault: 'passphrase-needed', hasCredentials: false }, status),
    ).toEqual(['pin', 'vault', 'credentials', 'environment', 'service']);
  });

  it('leaves nothing to do on a kiosk in service with Mark ID', () => {
    expect(
      open(door, { ...status, environment: 'production', service: { state: 'ready' } }),
    ).toEqual([]);
  });

  it('counts a vault that the keyring will seal as done, and one that is in trouble as open', () => {
    const vaultIsOpen = (vault: typeof door.vault): boolean =>
      open({ ...door, vault }, status).includes('vault');
    expect(vaultIsOpen('empty')).toBe(false);
    expect(vaultIsOpen('locked')).toBe(true);
    expect(vaultIsOpen('keyring-changed')).toBe(true);
    expect(vaultIsOpen('damaged')).toBe(true);
  });
});
