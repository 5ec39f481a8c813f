import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'

/**
 * What the released program can no longer be talked into by an argument, an environment variable or an exchanged file.
 * Every fuse of this Electron is named: a new one stops the packaging until somebody has decided about it.
 * @type {import('@electron/fuses').FuseConfig}
 */
export const fuses = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
}

/**
 * Runs between packing and signing. electron-builder's own `electronFuses` setting knows neither the strict mode nor the
 * newest fuse.
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo
  const program = {
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
  }[electronPlatformName]
  // On Linux the name of the program is a setting of its own.
  const executable =
    program ?? /** @type {{ executableName: string }} */ (/** @type {unknown} */ (packager)).executableName
  await flipFuses(join(appOutDir, executable), fuses)
}
