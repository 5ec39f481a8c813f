import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const sources = globSync(['main/**/*.ts', 'renderer/**/*.{ts,tsx}', 'shared/**/*.ts'], { cwd: root }).map((path) => ({
  path: path.replaceAll('\\', '/'),
  text: readFileSync(join(root, path), 'utf8'),
}))

const placesOf = (pattern: RegExp) => sources.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(() => path))

it('reads the sources it speaks about', () => {
  expect(sources.length).toBeGreaterThan(50)
})

it('item 1: makes windows in one place', () => {
  expect(placesOf(/new (\w+\.)?(BrowserWindow|BaseWindow|WebContentsView|BrowserView)\b/g)).toEqual([
    'main/hosts/electron/window.ts',
  ])
})

it('item 11: listens to the page in one file, and compares who asks each time', () => {
  expect(placesOf(/\bipcMain\s*\.\s*(on|once|handle|handleOnce|addListener)\b/g)).toEqual([
    'main/hosts/electron/door-port.ts',
    'main/hosts/electron/door-port.ts',
  ])
  expect(placesOf(/isOurPage\(senderFrame\)/g)).toHaveLength(2)
  expect(placesOf(/\.ipc\s*\.\s*(on|handle)\b/g)).toEqual([])
})

it('item 13: hands the page no part of Electron', () => {
  expect(placesOf(/exposeInMainWorld/g).filter((path) => path !== 'main/hosts/electron/bridge.ts')).toEqual([])
  expect(placesOf(/exposeInMainWorld\(/g)).toHaveLength(1)
})

it('item 23: uses only the asynchronous keychain', () => {
  expect(placesOf(/\b(encryptString|decryptString|isEncryptionAvailable|setUsePlainTextEncryption)\(/g)).toEqual([])
})

it('knows Electron in its own folder only', () => {
  const importers = new Set(placesOf(/from 'electron(\/\w+)?'|(import|require)\(\s*'electron/g))
  expect([...importers].filter((path) => !path.startsWith('main/hosts/electron/'))).toEqual([])
  expect(placesOf(/^import (?!type )[^\n]*from 'electron'|^\} from 'electron'/gm).sort()).toEqual([
    'main/hosts/electron/main.ts',
    'main/hosts/electron/preload.ts',
  ])
})

it('item 29: opens no path of a user in another program, and puts no text into the page as code', () => {
  expect(placesOf(/shell\.(openPath|showItemInFolder)\(|\beval\(|new Function\(|dangerouslySetInnerHTML/g)).toEqual([])
})
