import { join } from 'node:path'
import type { BrowserWindow, MenuItem, MenuItemConstructorOptions } from 'electron'
import { expect, it } from 'vitest'
import { contentProtection, isProtectable } from '../../../main/hosts/electron/content-protection.ts'
import { menuTemplate } from '../../../main/hosts/electron/menu.ts'
import { wordsFor } from '../../../main/hosts/electron/words.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { WindowDouble } from './double.ts'

const asWindow = (double: WindowDouble) => double as unknown as BrowserWindow
const protectionsOf = ({ calls }: WindowDouble) => calls.filter((call) => call.startsWith('protection'))

it('item 28: keeps every window out of screenshots from the moment somebody asks for it, also after the next start', () => {
  const file = join(temporaryFolder(), 'window.protected')
  const protection = contentProtection(file)
  const [first, gone] = [new WindowDouble({}), new WindowDouble({})]
  for (const window of [first, gone]) protection.over(asWindow(window))
  gone.destroy()
  expect(protection.isOn()).toBe(false)

  protection.set(true)
  expect(protectionsOf(first)).toEqual(['protection false', 'protection true'])
  expect(protectionsOf(gone)).toEqual(['protection false'])

  const next = new WindowDouble({})
  const again = contentProtection(file)
  again.over(asWindow(next))
  expect(protectionsOf(next)).toEqual(['protection true'])
  again.set(false)
  expect(protectionsOf(next)).toEqual(['protection true', 'protection false'])
  expect(contentProtection(file).isOn()).toBe(false)
})

it('item 28: is asked for in the menu, where the system can do it', () => {
  const protection = contentProtection(join(temporaryFolder(), 'window.protected'))
  const options = { isMac: false, isReleased: true }
  const items = (template: MenuItemConstructorOptions[]) =>
    template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : [])).filter(({ type }) => type === 'checkbox')
  const [item] = items(menuTemplate(wordsFor(['en']), options, protection))
  expect(item).toMatchObject({ label: 'Keep out of screenshots', checked: false })
  item?.click?.({ checked: true } as MenuItem, undefined, {} as never)
  expect(protection.isOn()).toBe(true)
  expect(items(menuTemplate(wordsFor(['en']), options, protection))[0]).toMatchObject({ checked: true })

  expect(items(menuTemplate(wordsFor(['en']), options))).toEqual([])
  expect((['darwin', 'win32', 'linux'] as const).map(isProtectable)).toEqual([true, true, false])
})
