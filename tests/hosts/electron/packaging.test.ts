import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseState, FuseV1Options, flipFuses, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { afterPack, fuses } from '../../../scripts/fuses.mjs'

const root = join(import.meta.dirname, '../../..')

/** electron-builder's own reader and validator of its settings. */
const { getConfig, validateConfiguration } = createRequire(createRequire(import.meta.url).resolve('electron-builder'))(
  'app-builder-lib/out/util/config/config',
) as {
  getConfig(folder: string, file: string, options: null): Promise<Settings>
  validateConfiguration(settings: object, log: { isEnabled: boolean }): Promise<void>
}
interface Settings extends Record<string, unknown> {
  files: unknown
  asarUnpack: string[]
}
const valid = (settings: object) => validateConfiguration(settings, { isEnabled: false })

let settings: Settings
let folder: string
beforeAll(async () => {
  settings = await getConfig(root, 'electron-builder.yml', null)
  folder = mkdtempSync(join(tmpdir(), 'bdc-fuses-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the settings for packaging', () => {
  it('would be refused with a word that electron-builder does not know', async () => {
    await expect(valid({ ...settings, asarUnpacked: [] })).rejects.toThrow(/unknown property 'asarUnpacked'/)
    await expect(valid({ ...settings, mac: { ...(settings.mac as object), hardened: true } })).rejects.toThrow(
      /configuration\.mac/,
    )
  })

  it('are valid', async () => {
    await expect(valid(settings)).resolves.toBeUndefined()
  })

  it('make what each platform expects, and compile nothing', () => {
    expect(settings).toMatchObject({
      asar: true,
      asarUnpack: ['**/*.node'],
      npmRebuild: false,
      win: { target: ['nsis'] },
      mac: { target: ['dmg'], hardenedRuntime: true },
      linux: { target: ['AppImage', 'deb'] },
      nsis: { deleteAppDataOnUninstall: false },
    })
    expect(settings.electronFuses).toBeUndefined()
  })

  it('take along what the bundle needs beside it, and that exists', () => {
    const taken = JSON.stringify(settings.files)
    for (const needed of ['package.json', 'dist/electron/**', 'dist/renderer/**', 'migrations/**'])
      expect(taken).toContain(needed)
    expect(globSync('migrations/sqlite/*.up.sql', { cwd: root }).length).toBeGreaterThan(0)
    expect(globSync('node_modules/better-sqlite3/prebuilds/*-*.node', { cwd: root }).length).toBeGreaterThan(5)
    const { main, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(main).toBe('dist/electron/main.js')
    // Only production dependencies are packaged, and the add-ons are the ones that cannot be bundled.
    expect(devDependencies).not.toHaveProperty('better-sqlite3')
    expect(devDependencies).not.toHaveProperty('@node-rs/bcrypt')
  })
})

/** A program as the fuses see it: a marker, a version, the number of fuses, and one byte for each, as Electron ships them. */
function programWithFuses(name: string, wire = '101100011'): string {
  const path = join(folder, name)
  const marker = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
  writeFileSync(
    path,
    Buffer.concat([Buffer.alloc(4096, 7), marker, Buffer.from([1, wire.length]), Buffer.from(wire), Buffer.alloc(99)]),
  )
  return path
}

describe('item 15: fuses', () => {
  it('stop the packaging when Electron has one that nobody decided about', async () => {
    await expect(flipFuses(programWithFuses('newer', '1011000111'), fuses)).rejects.toThrow(/strictlyRequireAllFuses/)
  })

  it('stop it too when one of ours is taken out', async () => {
    const { [FuseV1Options.OnlyLoadAppFromAsar]: _removed, ...fewer } = fuses as Record<string, unknown>
    await expect(flipFuses(programWithFuses('fewer'), fewer as unknown as typeof fuses)).rejects.toThrow(
      /OnlyLoadAppFromAsar/,
    )
  })

  it.each([
    ['linux', 'bdc'],
    ['win32', 'BDC.exe'],
  ])('are set in the packaged program on %s', async (electronPlatformName, name) => {
    const path = programWithFuses(name)
    const packager = { appInfo: { productFilename: 'BDC' }, executableName: 'bdc' }
    await afterPack({ appOutDir: folder, electronPlatformName, packager } as unknown as Parameters<typeof afterPack>[0])

    const on = FuseState.ENABLE
    const off = FuseState.DISABLE
    expect(await getCurrentFuseWire(path)).toEqual({
      version: '1',
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
      [FuseV1Options.WasmTrapHandlers]: on,
    })
  })
})
