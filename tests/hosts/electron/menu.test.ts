import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../main/hosts/electron/menu.ts'
import { wordsFor } from '../../../main/hosts/electron/words.ts'

const flat = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

const rolesOf = (options: { isMac: boolean; isReleased: boolean }) =>
  flat(menuTemplate(wordsFor(['en']), options)).flatMap(({ role }) => role ?? [])

describe('the menu', () => {
  it.each([true, false])('item 27: has neither reload nor developer tools once released (macOS: %s)', (isMac) => {
    const roles = rolesOf({ isMac, isReleased: true })
    expect(roles.filter((role) => /reload|devtools/i.test(role))).toEqual([])
    expect(rolesOf({ isMac, isReleased: false })).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']))
  })

  it.each([true, false])('has what every program has (macOS: %s)', (isMac) => {
    const usual = [
      'undo',
      'redo',
      'cut',
      'copy',
      'paste',
      'selectAll',
      'zoomIn',
      'zoomOut',
      'togglefullscreen',
      'minimize',
      'close',
      'quit',
    ]
    expect(rolesOf({ isMac, isReleased: true })).toEqual(expect.arrayContaining(usual))
  })

  it('lets no keyboard shortcut open what the menu does not show', () => {
    expect(
      flat(menuTemplate(wordsFor([]), { isMac: false, isReleased: true })).filter((item) => item.accelerator),
    ).toEqual([])
  })
})

describe('its language', () => {
  it.each<[string[], string]>([
    [['fr-CA', 'en'], 'Fichier'],
    [['ar'], 'ملف'],
    [['sw', 'fr'], 'Fichier'],
    [['sw'], 'File'],
    [[], 'File'],
    [['__proto__', 'constructor'], 'File'],
  ])('for %j says %s', (languages, file) => {
    expect(wordsFor(languages).file).toBe(file)
  })
})
