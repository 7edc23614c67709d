/** The nine fuses of Electron's binary, each set on purpose. None is left to Electron's default. */
// SECURITY: SEC-11
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

/** @satisfies {import('@electron/fuses').FuseConfig} */
export const KIOSK_FUSES = /** @type {const} */ ({
  version: FuseVersion.V1,
  // A fuse that a newer Electron adds fails the build until it is decided here.
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Checked on macOS and Windows only; Linux relies on a root-owned installation.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // WebAssembly without trap handlers checks every access in software: slower, no safer.
  [FuseV1Options.WasmTrapHandlers]: true,
});

/**
 * Sets the fuses of one binary.
 * @param {string} binary path of the executable, or of the .app bundle on macOS
 */
export const setFuses = (binary) => flipFuses(binary, KIOSK_FUSES);
