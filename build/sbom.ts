/** The bill of materials that lies in the packaged app (CycloneDX 1.6): what it is made of, by version and hash. */
// SECURITY: SEC-30
import { readFileSync } from 'node:fs';
import { packageName, readLock, shippedKeys, type LockedPackage } from './shipped-packages.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** Package URL of an npm package: a scope's @ is percent-encoded (purl specification, type npm). */
const purl = (name: string, of: string): string => `pkg:npm/${name.replace(/^@/, '%40')}@${of}`;

const component = (name: string, locked: LockedPackage, type = 'library') => ({
  type,
  name,
  version: locked.version,
  purl: purl(name, locked.version),
  licenses: [{ expression: locked.license }],
  hashes: [
    {
      alg: 'SHA-512',
      content: Buffer.from(locked.integrity?.replace(/^sha512-/, '') ?? '', 'base64').toString(
        'hex',
      ),
    },
  ],
});

/** Throws where the lockfile lacks what is shipped. */
export const billOfMaterials = () => {
  const lock = readLock();
  const locked = (key: string): LockedPackage => {
    const entry = lock[key];
    if (entry === undefined) throw new Error(`package-lock.json has no ${key}`);
    return entry;
  };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: 'mark-id-kiosk', version } },
    components: [
      component('electron', locked('node_modules/electron'), 'framework'),
      ...shippedKeys(lock).map((key) => component(packageName(key), locked(key))),
    ],
  };
};
