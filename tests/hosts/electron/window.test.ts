import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rectangle } from 'electron'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openWindow } from '../../../main/hosts/electron/window.ts'
import { electronDouble, type Given, type WindowDouble } from './double.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-window-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function open(given: Given = {}, place = join(folder, 'none.json')): WindowDouble {
  const { electron, onlyWindow } = electronDouble(given)
  openWindow(electron, { preload: '/app/preload.cjs', place })
  return onlyWindow()
}

describe('item 1: the walls of a window', () => {
  it('has every wall up', () => {
    expect(open().options.webPreferences).toEqual({
      preload: '/app/preload.cjs',
      additionalArguments: ['--bdc-version=1.2.3'],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: true,
    })
  })

  it('item 27: has no developer tools once released', () => {
    expect(open({ isPackaged: true }).options.webPreferences?.devTools).toBe(false)
  })

  it('loads our page and nothing else', () => {
    expect(open().calls).toEqual(['load app://main/'])
  })
})

describe('showing', () => {
  it('waits for the first picture and has a background until then', () => {
    const window = open()
    expect(window.options).toMatchObject({ show: false, backgroundColor: '#ffffff' })
    expect(window.calls).not.toContain('show')
    window.emit('ready-to-show')
    expect(window.calls).toContain('show')
  })

  it('comes back after a crash, but not in a circle', () => {
    const window = open()
    const crash = (reason = 'crashed') => window.webContents.emit('render-process-gone', {}, { reason })
    vi.spyOn(performance, 'now').mockReturnValueOnce(1_000).mockReturnValueOnce(1_000).mockReturnValueOnce(2_000)
    crash('clean-exit')
    expect(window.calls).not.toContain('reload')
    crash()
    crash()
    expect(window.calls.filter((call) => call === 'reload')).toHaveLength(1)
    vi.restoreAllMocks()
  })
})

describe('its place on the screen', () => {
  const workArea = { x: 0, y: 25, width: 1366, height: 700 }

  function reopenAfter(bounds: Rectangle, isMaximized = false) {
    const place = join(folder, 'window.json')
    const before = open({ workArea }, place)
    before.bounds = bounds
    if (isMaximized) before.maximize()
    before.emit('close')
    return open({ workArea }, place)
  }

  it.each<[string, Rectangle, Rectangle]>([
    ['stays', { x: 100, y: 50, width: 900, height: 600 }, { x: 100, y: 50, width: 900, height: 600 }],
    ['left of all screens', { x: -3000, y: 50, width: 900, height: 600 }, { x: 0, y: 50, width: 900, height: 600 }],
    ['below the screen', { x: 0, y: 5000, width: 900, height: 600 }, { x: 0, y: 125, width: 900, height: 600 }],
    ['larger than the screen', { x: 0, y: 0, width: 4000, height: 3000 }, workArea],
    ['too small to use', { x: 10, y: 30, width: 5, height: 5 }, { x: 10, y: 30, width: 480, height: 400 }],
  ])('%s', (_case, before, after) => {
    expect(reopenAfter(before).bounds).toEqual(after)
  })

  it('is maximised again', () => {
    const window = reopenAfter({ x: 0, y: 25, width: 900, height: 600 }, true)
    window.emit('ready-to-show')
    expect(window.calls).toContain('maximize')
  })

  it.each(['', '{', '{"x":1}', '{"x":"1","y":2,"width":3,"height":4,"isMaximized":false}', '[]', '{"x":1e999}'])(
    'is the usual one when the memory says %j',
    (text) => {
      const place = join(folder, 'broken.json')
      writeFileSync(place, text)
      expect(open({}, place).bounds).toMatchObject({ width: 1280, height: 800 })
    },
  )

  it('does not keep the window open when it cannot be written down', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const window = open({}, join(folder, 'missing-folder', 'window.json'))
    expect(() => window.emit('close')).not.toThrow()
    expect(warn).toHaveBeenCalledOnce()
    warn.mockRestore()
  })
})
