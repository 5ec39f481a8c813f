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

  const ours = { isMainFrame: true, requestingUrl: 'app://main/index.html', mediaTypes: ['video'], mediaType: 'video' }
  /** For the kiosk: the whole screen, and the cards of learners; for everybody: a note of the system that there is news. */
  const granted = ['fullscreen', 'media', 'notifications']
  const check = (permission: string, origin: string, details: object) =>
    (guardedSession().handlers.permissionCheck as (...parameters: unknown[]) => unknown)(
      null,
      permission,
      origin,
      details,
    )

  /** The answer comes last but one here, before the details. */
  function requestOf(permission: string, details: object) {
    let answer: unknown
    const handler = guardedSession().handlers.permissionRequest as (...parameters: unknown[]) => void
    handler({}, permission, (given: unknown) => (answer = given), details)
    return answer
  }

  it.each(permissionsIn('setPermissionRequestHandler'))(
    'answers a request for %s with no, but for the kiosk',
    (permission) => {
      expect(requestOf(permission, ours)).toBe(granted.includes(permission))
    },
  )

  it.each(permissionsIn('setPermissionCheckHandler'))(
    'answers a check of %s with no, but for the kiosk',
    (permission) => {
      expect(check(permission, 'app://main/', ours)).toBe(granted.includes(permission))
    },
  )

  it.each([
    { ...ours, requestingUrl: 'https://example.org/' },
    { ...ours, requestingUrl: 'app://evil/' },
    { ...ours, isMainFrame: false },
  ])('gives nothing to %j', (details) => {
    for (const permission of granted) {
      expect(requestOf(permission, details)).toBe(false)
      expect(check(permission, details.requestingUrl, details)).toBe(false)
    }
  })

  it.each([
    { mediaTypes: ['video', 'audio'], mediaType: 'audio' },
    { mediaTypes: ['audio'], mediaType: 'unknown' },
    { mediaTypes: [], mediaType: 'audio' },
  ])('gives no microphone: %j', (kinds) => {
    expect(requestOf('media', { ...ours, ...kinds })).toBe(false)
    expect(check('media', 'app://main/', { ...ours, ...kinds })).toBe(false)
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
