/**
 * Ends a build with what describes it: sbom.cdx.json, and manifest.json with the SHA-256 of each file
 * of the app, which main compares at each start (main/shell/installed-files.ts).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashFiles, MANIFEST_NAME } from '../main/shell/installed-files.ts';
import { billOfMaterials } from './sbom.ts';

const writeJson = (path: string, value: object): void => {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
};

/** Describes the files that lie in `folder` now. */
export const describeApp = async (folder: string): Promise<void> => {
  writeJson(join(folder, 'sbom.cdx.json'), billOfMaterials());
  writeJson(join(folder, MANIFEST_NAME), Object.fromEntries(await hashFiles(folder)));
};

if (import.meta.main) await describeApp(fileURLToPath(new URL('../out/app', import.meta.url)));
