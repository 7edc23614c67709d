/** electron-builder's afterPack hook: sets the fuses of the packed binary, before it is signed. */
import { join } from 'node:path';
import { setFuses } from './fuses.mjs';

/** @param {import('electron-builder').AfterPackContext} context */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const name =
    electronPlatformName === 'darwin'
      ? `${packager.appInfo.productFilename}.app`
      : electronPlatformName === 'win32'
        ? `${packager.appInfo.productFilename}.exe`
        : packager.config.linux?.executableName;
  if (typeof name !== 'string') throw new Error('electron-builder.yml names no Linux executable');
  await setFuses(join(appOutDir, name));
}
