import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { externalAddress, guardNavigation } from '../../../main/hosts/electron/navigation.ts'
import { openWindow } from '../../../main/hosts/electron/window.ts'
import { wordsFor } from '../../../main/hosts/electron/words.ts'
import { electronDouble, type Given } from './double.ts'

function guardedWindow(given: Given = {}, isHeld = false) {
  const double = electronDouble(given)
  guardNavigation(
    double.electron,
    () => wordsFor(['en']),
    () => isHeld,
  )
  openWindow(double.electron, { preload: 'preload.cjs', place: '/nowhere/window.json' })
  const contents = double.onlyWindow().webContents

  return {
    ...double,
    isPrevented(event: string, url = '') {
      let isPrevented = false
      contents.emit(event, { url, preventDefault: () => (isPrevented = true) })
      return isPrevented
    },
    async openFromPage(url: string) {
      const decision = contents.openHandler?.({ url })
      await setImmediate()
      return decision
    },
  }
}

const foreign = [
  'app://evil/',
  'app://main.evil/',
  'app://main@evil/',
  'app://user:password@main/',
  'app://main:8080/',
  'app:main',
  'App://Main.evil/',
  'javascript:alert(1)',
  'data:text/html,<h1>x</h1>',
  'blob:app://main/0',
  'file:///etc/passwd',
  'https://main/',
  'http://127.0.0.1/',
  'about:blank',
  'view-source:app://main/',
  'not an address',
  '',
]

describe('item 7: navigation', () => {
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    it.each(foreign)(`denies ${event} to %j`, (url) => {
      expect(guardedWindow().isPrevented(event, url)).toBe(true)
    })

    it(`allows ${event} inside the page itself`, () => {
      expect(guardedWindow().isPrevented(event, 'app://main/people/7?tab=file#top')).toBe(false)
    })
  }
})

describe('item 8: new windows and other programs', () => {
  it.each([...foreign, 'https://example.org/', 'app://main/'])('opens no window for %j', async (url) => {
    expect(await guardedWindow().openFromPage(url)).toEqual({ action: 'deny' })
  })

  it.each([
    ...foreign.filter((url) => url !== 'https://main/'),
    'http://example.org/',
    'https://user:pw@example.org/',
    'smb://server/share',
    'ms-msdt:/id',
    `https://example.org/${'a'.repeat(2000)}`,
  ])('does not even ask about %j', async (url) => {
    const shell = guardedWindow({ answer: () => 0 })
    await shell.openFromPage(url)
    expect(shell.asked).toMatchObject({ questions: [], opened: [] })
  })

  it('opens nothing when the user cancels', async () => {
    const shell = guardedWindow({ answer: () => 1 })
    await shell.openFromPage('https://example.org/help')
    expect(shell.asked).toMatchObject({ questions: ['https://example.org/help'], opened: [] })
  })

  it('shows the whole address and opens it in the browser when the user agrees', async () => {
    const shell = guardedWindow({ answer: () => 0 })
    await shell.openFromPage('https://example.org/help')
    await shell.openFromPage('mailto:amina@example.org')
    const addresses = ['https://example.org/help', 'mailto:amina@example.org']
    expect(shell.asked).toMatchObject({ questions: addresses, opened: addresses })
  })

  it('offers no way out of a held kiosk', async () => {
    const shell = guardedWindow({ answer: () => 0 }, true)
    expect(await shell.openFromPage('https://example.org/help')).toEqual({ action: 'deny' })
    expect(shell.asked).toMatchObject({ questions: [], opened: [] })
  })

  it('asks one question at a time', async () => {
    const shell = guardedWindow({ answer: () => new Promise(() => {}) })
    for (let i = 0; i < 100; i++) await shell.openFromPage(`https://example.org/${i}`)
    expect(shell.asked.questions).toHaveLength(1)
  })

  it('shows an address as the browser will read it, so that look-alike letters are seen', () => {
    expect(externalAddress('https://раураl.com/')).toBe('https://xn--l-7sba6dbr.com/')
  })
})

it('item 9: attaches no webview', () => {
  expect(guardedWindow().isPrevented('will-attach-webview')).toBe(true)
})
