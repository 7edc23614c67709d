import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { billOfMaterials } from '../../../build/sbom.ts';
import { packageName, readLock, shippedKeys } from '../../../build/shipped-packages.ts';

const lock = readLock();
const { components } = billOfMaterials();

describe('SEC-30 what the app is made of', () => {
  it('is locked by version and SHA-512, every package of it', () => {
    const packages = Object.entries(lock).filter(([key]) => key !== '');
    expect(packages.length).toBeGreaterThan(300);
    const unlocked = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(unlocked).toEqual([]);
  });

  it('is listed whole: Electron and each shipped package with licence and hash', () => {
    const shipped = shippedKeys(lock).map(
      (key) => `${packageName(key)}@${String(lock[key]?.version)}`,
    );
    expect(components.map(({ name, version }) => `${name}@${version}`)).toEqual([
      `electron@${String(lock['node_modules/electron']?.version)}`,
      ...shipped,
    ]);
    for (const { purl, licenses, hashes } of components) {
      expect(purl).toMatch(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d[\w.+-]*$/);
      expect(licenses[0]?.expression).toMatch(/\w/);
      expect(hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
    }
  });

  it('is installed without running a script of any package', () => {
    const setup = readFileSync(new URL('../../../build/setup.mjs', import.meta.url), 'utf8');
    const commands = setup.match(/\[\s*'(?:ci|install)'.*?\]/gs) ?? [];
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).toContain('--ignore-scripts');
  });
});
