import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdKiosk } from '../../../main/hosts/electron/kiosk-hold.ts'
import { isLearnersKey } from '../../../main/hosts/electron/kiosk-keys.ts'
import { setMenu } from '../../../main/hosts/electron/menu.ts'
import { openWindow } from '../../../main/hosts/electron/window.ts'
import { wordsFor } from '../../../main/hosts/electron/words.ts'
import { electronDouble } from './double.ts'

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A window under a hold that is on from the start, or not. */
async function held(isKiosk: boolean) {
  const core = { isKiosk }
  const double = electronDouble()
  const hold = holdKiosk(
    double.electron,
    async () => core.isKiosk,
    () => setMenu(double.electron, wordsFor([])),
  )
  await hold.refresh()
  hold.over(openWindow(double.electron, { preload: '/app/preload.cjs', place: '/nowhere/window.json' }))
  return { ...double, core, hold, window: double.onlyWindow() }
}

function isPrevented(emitter: { emit(name: string, ...parameters: unknown[]): boolean }, name: string, input?: object) {
  let isPrevented = false
  emitter.emit(name, { preventDefault: () => (isPrevented = true) }, input)
  return isPrevented
}

const key = (name: string, held: object = {}) => ({ key: name, control: false, meta: false, alt: false, ...held })

describe('the keys of a kiosk', () => {
  it.each([
    key('F4', { alt: true }),
    key('F5'),
    key('F11'),
    key('F12'),
    key('w', { control: true }),
    key('W', { control: true, shift: true }),
    key('r', { control: true }),
    key('I', { control: true, shift: true }),
    key('n', { control: true }),
    key('p', { control: true }),
    key('q', { meta: true }),
    key('m', { meta: true }),
    key('Tab', { control: true }),
    key('Tab', { alt: true }),
    key('ArrowLeft', { alt: true }),
    key('Home', { alt: true }),
    key(' ', { alt: true }),
    key('Escape', { control: true, shift: true }),
    key('BrowserBack'),
    key('LaunchMail'),
  ])('do not lead out: %j', (stroke) => {
    expect(isLearnersKey(stroke)).toBe(false)
  })

  it.each([
    key('a'),
    key('é'),
    key('ب'),
    key('Enter'),
    key('Escape'),
    key('Tab'),
    key('ArrowLeft'),
    key('Backspace', { control: true }),
    key('ArrowRight', { control: true }),
    key('c', { control: true }),
    key('€', { control: true, alt: true }),
    key('@', { alt: true }),
  ])('write and move: %j', (stroke) => {
    expect(isLearnersKey(stroke)).toBe(true)
  })
})

describe('a held kiosk', () => {
  it('takes the whole screen, has no menu, and stays when it is told to close', async () => {
    const { window, asked } = await held(true)
    expect(window.calls).toEqual(expect.arrayContaining(['kiosk true', 'on top true']))
    expect(asked.menu).toBeNull()
    expect(isPrevented(window, 'close')).toBe(true)
    expect(isPrevented(window.webContents, 'before-input-event', key('F5'))).toBe(true)
    expect(isPrevented(window.webContents, 'before-input-event', key('a'))).toBe(false)
    expect(isPrevented(window.webContents, 'will-prevent-unload')).toBe(true)
  })

  it('goes back to the whole screen when something took it out', async () => {
    const { window } = await held(true)
    window.calls = []
    window.emit('leave-full-screen')
    expect(window.calls).toEqual(['kiosk true'])
  })

  it('ends with the system', async () => {
    const { app, window, hold } = await held(true)
    app.emit('before-quit')
    expect(isPrevented(window, 'close')).toBe(false)
    expect(hold.isOn()).toBe(false)
  })

  it('comes back also from a second crash', async () => {
    vi.useFakeTimers()
    const { window } = await held(true)
    const crash = () => window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    crash()
    crash()
    window.calls = []
    await vi.advanceTimersByTimeAsync(5_000)
    expect(window.calls).toContain('reload')
  })

  it('begins and ends when the core says so', async () => {
    const { core, hold, window, asked } = await held(false)
    expect(window.calls).not.toContain('kiosk true')
    expect(isPrevented(window, 'close')).toBe(false)
    expect(isPrevented(window.webContents, 'before-input-event', key('F5'))).toBe(false)
    core.isKiosk = true
    await hold.refresh()
    expect(isPrevented(window, 'close')).toBe(true)
    core.isKiosk = false
    await hold.refresh()
    expect(window.calls.filter((call) => call.startsWith('kiosk'))).toEqual(['kiosk true', 'kiosk false'])
    expect(asked.menu).not.toBeNull()
    expect(isPrevented(window, 'close')).toBe(false)
  })
})
