import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  fingerprintOf,
  newAuthority,
  newServerCertificate,
} from '../../../main/domains/classroom/certificates/issue.ts'
import { answerRoom, roomKiosk } from '../../../main/hosts/electron/room-kiosk.ts'
import { roomSession } from '../../../main/hosts/electron/room-session.ts'
import { readEntrance } from '../../../shared/entrance.ts'
import { electronDouble, ourFrame } from './double.ts'

const fingerprint = 'A'.repeat(43)
const text = `https://192.168.1.20:4190/#/join?code=123456&fp=${fingerprint}`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-room-kiosk-'))
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

function machine(given: { isHeld?: boolean } = {}) {
  const double = electronDouble()
  const memory = join(folder, 'bdc.room')
  const state = { isHeld: true, ...given }
  const kiosk = roomKiosk(double.electron, memory, () => state.isHeld)
  return { ...double, kiosk, memory, state }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

describe('the way into a room', () => {
  it.each([
    '',
    'https://192.168.1.20:4190/',
    text.replace('https', 'http'),
    text.replace(fingerprint, 'short'),
    text.replace('192.168.1.20', 'evil.example'),
    text.replace('192.168.1.20', 'bdc-7f3a.local.evil.example'),
    text.replace('192.168.1.20', 'user@192.168.1.20'),
    `${text}&next=https://evil.example`,
    `javascript:${text}`,
  ])('is not %j', (other) => {
    expect(readEntrance(other)).toBeUndefined()
    const { kiosk, windows, memory } = machine()
    expect(kiosk.enter(other)).toBe(false)
    expect(windows).toEqual([])
    expect(existsSync(memory)).toBe(false)
  })

  it('does not lead onto the internet', () => {
    const { kiosk, windows } = machine()
    expect(kiosk.enter(text.replace('192.168.1.20', '203.0.113.7'))).toBe(false)
    expect(windows).toEqual([])
  })
})

describe('the certificate of a room', () => {
  /** Asks as Electron does, and returns what it is told: 0 is good, -2 is bad. */
  async function asked() {
    const double = electronDouble()
    const place = { address: '192.168.1.20', name: 'bdc-7f3a.local', port: 4190, security: 'encrypted' } as const
    const authority = await newAuthority(new Date())
    const make = async () => (await newServerCertificate(authority, place, new Date())).certificate
    const [own, other] = [await make(), await make()]
    const entrance = readEntrance(text.replace(fingerprint, fingerprintOf(own)))
    if (!entrance) throw new Error('The way into the room was not understood.')
    const session = roomSession(double.electron, entrance)
    const verify = (hostname: string, data: string, isTrusted = false) => {
      const answers: number[] = []
      const question = { hostname, certificate: { data }, verificationResult: isTrusted ? 'net::OK' : 'net::ERR' }
      const { certificate } = (session as unknown as (typeof double)['session']).handlers
      certificate?.(question as never, ((result: number) => answers.push(result)) as never)
      return answers
    }
    return { verify, own, other, authority: authority.certificate }
  }

  it('is the one whose fingerprint the QR code had, on its own address alone', async () => {
    const { verify, own } = await asked()
    expect(verify('192.168.1.20', own)).toEqual([0])
    expect(verify('192.168.1.21', own)).toEqual([-2])
    expect(verify('bdc-7f3a.local', own)).toEqual([-2])
  })

  it('is no other of the same authority, though the machine may trust that', async () => {
    const { verify, other, authority } = await asked()
    expect(verify('192.168.1.20', other, true)).toEqual([-2])
    expect(verify('192.168.1.20', authority, true)).toEqual([-2])
    expect(verify('192.168.1.20', 'nonsense', true)).toEqual([-2])
    expect(verify('192.168.1.20', '', true)).toEqual([-2])
  })
})

describe('the session of a room', () => {
  it('loads from the room and nowhere else, and hands out nothing but the full screen and the camera', () => {
    const double = electronDouble()
    const entrance = readEntrance(text)
    if (!entrance) throw new Error('The way into the room was not understood.')
    roomSession(double.electron, entrance)
    const [session] = double.partitions.values()
    const cancelled = (url: string) => {
      const answers: boolean[] = []
      const answer = ({ cancel }: { cancel: boolean }) => answers.push(cancel)
      session?.handlers.beforeRequest?.({ url } as never, answer as never)
      return answers
    }
    expect(cancelled('https://192.168.1.20:4190/assets/main.js')).toEqual([false])
    const others = [
      'http://192.168.1.20:4190/',
      'https://192.168.1.20/',
      'https://192.168.1.21:4190/',
      'https://example.org/',
      'app://main/',
      'file:///etc/passwd',
    ]
    for (const url of others) expect({ url, answer: cancelled(url) }).toEqual({ url, answer: [true] })
    const isAllowed = (permission: string, requestingUrl: string) => {
      const answers: boolean[] = []
      const answer = (allowed: boolean) => answers.push(allowed)
      const details = { isMainFrame: true, requestingUrl }
      session?.handlers.permissionRequest?.({} as never, permission as never, answer as never, details as never)
      return answers
    }
    expect(isAllowed('fullscreen', 'https://192.168.1.20:4190/')).toEqual([true])
    expect(isAllowed('fullscreen', 'app://main/')).toEqual([false])
    for (const permission of ['geolocation', 'notifications']) {
      expect(isAllowed(permission, 'https://192.168.1.20:4190/')).toEqual([false])
    }
  })
})

describe('a seat in a room', () => {
  it('covers the screen with the room, without a preload, and holds keys and window', async () => {
    const { kiosk, onlyWindow } = machine()
    expect(kiosk.enter(text)).toBe(true)
    await settled()
    expect(kiosk.view()).toBe('shown')
    const window = onlyWindow()
    expect(window.calls).toEqual([`load ${text}`, 'show', 'kiosk true', 'on top true'])
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      devTools: false,
      partition: `persist:bdc-room-${fingerprint}`,
    })
    expect(window.options.webPreferences).not.toHaveProperty('preload')
    let isStopped = false
    const key = { key: 'F4', control: false, meta: false, alt: true }
    window.webContents.emit('before-input-event', { preventDefault: () => (isStopped = true) }, key)
    expect(isStopped).toBe(true)
    window.emit('leave-full-screen')
    expect(window.calls.filter((call) => call === 'kiosk true')).toHaveLength(2)
  })

  it('never shows an error of the browser: it waits out of sight until the room answers as it should', async () => {
    const { kiosk, windows } = machine()
    kiosk.enter(text)
    const [window] = windows
    window?.answers.push(0, 503)
    // The first load is under way with what was answered by default; the room dies with the page.
    await settled()
    window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(kiosk.view()).toBe('looking')
    expect(window?.calls.at(-1)).toBe('hide')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(kiosk.view()).toBe('looking')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(kiosk.view()).toBe('looking')
    expect(window?.calls.at(-1)).toBe('hide')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(kiosk.view()).toBe('shown')
  })

  it('is one again after a power cut, and none after it was left', async () => {
    const before = machine()
    before.kiosk.enter(text)
    await settled()
    const after = machine()
    after.kiosk.resume()
    await settled()
    expect(after.onlyWindow().calls[0]).toBe(`load ${text}`)
    after.kiosk.leave()
    expect(after.onlyWindow().calls).toContain('destroy')
    expect(after.kiosk.view()).toBe('none')
    const later = machine()
    later.kiosk.resume()
    expect(later.windows).toEqual([])
  })

  it('is left when the page closes itself, and not forgotten when the machine is shut down', async () => {
    const { kiosk, onlyWindow, memory, state } = machine()
    kiosk.enter(text)
    await settled()
    state.isHeld = false
    let isPrevented = false
    onlyWindow().emit('close', { preventDefault: () => (isPrevented = true) })
    expect([isPrevented, existsSync(memory)]).toEqual([false, true])
    state.isHeld = true
    onlyWindow().emit('close', { preventDefault: () => (isPrevented = true) })
    expect([isPrevented, existsSync(memory), kiosk.view()]).toEqual([true, false, 'none'])
  })

  it('is taken for staff on our own page only, and the screen becomes a kiosk before', async () => {
    const { electron, invocations, kiosk, windows } = machine()
    const who = { isStaff: false }
    answerRoom(electron, kiosk, { becomeKiosk: async () => who.isStaff })
    const ask = (frame: object, asked?: unknown) => invocations.get('bdc:room')?.({ senderFrame: frame }, asked)
    await expect(ask({ ...ourFrame, origin: 'https://192.168.1.20:4190' }, text)).rejects.toThrow('may not ask')
    expect(await ask(ourFrame, text)).toEqual({ view: 'none', isDone: false })
    expect(windows).toEqual([])
    who.isStaff = true
    expect(await ask(ourFrame, 'https://evil.example/')).toEqual({ view: 'none', isDone: false })
    expect(await ask(ourFrame, text)).toMatchObject({ isDone: true })
    await settled()
    expect(await ask(ourFrame)).toEqual({ view: 'shown', isDone: false })
    expect(await ask(ourFrame, 'leave')).toEqual({ view: 'none', isDone: true })
  })
})
