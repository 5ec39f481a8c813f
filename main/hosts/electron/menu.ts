import type { MenuItemConstructorOptions } from 'electron'
import type { ContentProtection } from './content-protection.ts'
import type { Electron } from './electron.ts'
import type { Words } from './words.ts'

type Item = MenuItemConstructorOptions
const separator: Item = { type: 'separator' }

/** Without a protection, the menu offers none. */
export function setMenu({ app, Menu }: Pick<Electron, 'app' | 'Menu'>, words: Words, protection?: ContentProtection) {
  const options = { isMac: process.platform === 'darwin', isReleased: app.isPackaged }
  const template = menuTemplate(words, options, protection)
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** A released program has neither reload nor developer tools: not in the menu, hence not on a key either. */
export function menuTemplate(
  words: Words,
  { isMac, isReleased }: { isMac: boolean; isReleased: boolean },
  protection?: ContentProtection,
): Item[] {
  const quit: Item = { role: 'quit', label: words.quit }
  const file = { label: words.file, submenu: [{ role: 'close', label: words.close }, ...(isMac ? [] : [quit])] } as Item
  return [
    ...(isMac ? [macApplicationMenu(words, quit)] : []),
    file,
    editMenu(words),
    viewMenu(words, isReleased, protection),
    windowMenu(words, isMac),
  ]
}

function macApplicationMenu(words: Words, quit: Item): Item {
  const hiding: Item[] = [{ role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }]
  return {
    label: 'BDC',
    submenu: [
      { role: 'about', label: words.about },
      separator,
      { role: 'services' },
      separator,
      ...hiding,
      separator,
      quit,
    ],
  }
}

function editMenu(words: Words): Item {
  return {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      separator,
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  }
}

function viewMenu(words: Words, isReleased: boolean, protection: ContentProtection | undefined): Item {
  const protecting: Item[] = protection
    ? [
        separator,
        {
          type: 'checkbox',
          label: words.keepOutOfScreenshots,
          checked: protection.isOn(),
          click: ({ checked }) => protection.set(checked),
        },
      ]
    : []
  const forDevelopers: Item[] = [separator, { role: 'reload' }, { role: 'toggleDevTools' }]
  return {
    label: words.view,
    submenu: [
      { role: 'resetZoom', label: words.normalSize },
      { role: 'zoomIn', label: words.larger },
      { role: 'zoomOut', label: words.smaller },
      separator,
      { role: 'togglefullscreen', label: words.fullScreen },
      ...protecting,
      ...(isReleased ? [] : forDevelopers),
    ],
  }
}

function windowMenu(words: Words, isMac: boolean): Item {
  const toFront: Item[] = [{ role: 'zoom' }, separator, { role: 'front' }]
  return {
    role: 'windowMenu',
    label: words.window,
    submenu: [{ role: 'minimize', label: words.minimize }, ...(isMac ? toFront : [])],
  }
}
