import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from 'electron'
import { describe, expect, it } from 'vitest'
import { denyEverything } from '../../../main/hosts/electron/permissions.ts'
import { electronDouble } from './double.ts'

function guardedSession() {
  const { session } = electronDouble()
  denyEverything(session as unknown as Session)
  return session
}

/** What a handler passes to the callback it is given. */
function answerOf(handler: ((...parameters: never[]) => unknown) | undefined, ...before: unknown[]) {
  let answer: unknown
  const parameters = [...before, (given: unknown) => (answer = given)]
  ;(handler as (...parameters: unknown[]) => void)(...parameters)
  return answer
}

const types = readFileSync(join(import.meta.dirname, '../../../node_modules/electron/electron.d.ts'), 'utf8')

function permissionsIn(setter: string): string[] {
  const [, union = ''] = new RegExp(`${setter}\\(handler: .*?permission: ((?:'[\\w-]+'(?: \\| )?)+)`).exec(types) ?? []
  return union.split(' | ').map((name) => name.replaceAll("'", ''))
}

describe('item 10: permissions', () => {
  it('knows the permissions of this Electron from its own types', () => {
    expect(permissionsIn('setPermissionRequestHandler').length).toBeGreaterThan(40)
    expect(permissionsIn('setPermissionCheckHandler')).toContain('media')
  })

  it.each(permissionsIn('setPermissionRequestHandler'))('refuses a request for %s', (permission) => {
    expect(answerOf(guardedSession().handlers.permissionRequest, {}, permission)).toBe(false)
  })

  it.each(permissionsIn('setPermissionCheckHandler'))('answers a check of %s with no', (permission) => {
    const check = guardedSession().handlers.permissionCheck as (...parameters: unknown[]) => unknown
    expect(check(null, permission, 'app://main', {})).toBe(false)
  })

  it.each(['hid', 'serial', 'usb'])('hands out no %s device', (deviceType) => {
    const device = guardedSession().handlers.device as (...parameters: unknown[]) => unknown
    expect(device({ deviceType, origin: 'app://main' })).toBe(false)
  })

  it('shares no screen, pairs with nothing, and protects every class of USB device', () => {
    const { handlers } = guardedSession()
    expect(answerOf(handlers.displayMedia, { frame: null })).toBeNull()
    expect(answerOf(handlers.bluetooth, { pairingKind: 'confirm' })).toEqual({ confirmed: false })
    const [, union = ''] = /protectedClasses: Array<(.*?)>/.exec(types) ?? []
    const allClasses = union.split(' | ').map((name) => name.replaceAll("'", ''))
    expect((handlers.usbClasses as () => string[])().sort()).toEqual(allClasses.sort())
  })

  it.each([
    ['select-hid-device', [{}]],
    ['select-serial-port', [[], {}]],
    ['select-usb-device', [{}]],
  ])('chooses nothing at %s', (event, details) => {
    const session = guardedSession()
    const chosen: unknown[] = []
    let isPrevented = false
    session.emit(event, { preventDefault: () => (isPrevented = true) }, ...details, (id: unknown) => chosen.push(id))
    expect(isPrevented).toBe(true)
    expect(chosen[0] || 'nothing').toBe('nothing')
  })
})

it('item 22: fetches no spelling dictionary', () => {
  expect(guardedSession().isSpellCheckerEnabled).toBe(false)
})

describe('item 21: no network', () => {
  it.each([
    'https://example.org/',
    'http://127.0.0.1:9222/',
    'ws://localhost/',
    'wss://x/',
    'ftp://x/',
    'file:///etc/passwd',
    'nonsense',
  ])('cancels a request to %s', (url) => {
    expect(answerOf(guardedSession().handlers.beforeRequest, { url })).toEqual({ cancel: true })
  })

  it.each(['app://main/index.html', 'blob:app://main/1', 'data:,'])('lets the page load %s', (url) => {
    expect(answerOf(guardedSession().handlers.beforeRequest, { url })).toEqual({ cancel: false })
  })
})
