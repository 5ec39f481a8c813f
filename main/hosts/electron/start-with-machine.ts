import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startWithMachineMessage } from './bridge.ts'
import { answerPage } from './door-port.ts'
import type { Electron } from './electron.ts'

/** `unavailable`: only an installed program can be started with the machine. */
export type StartWithMachine = 'on' | 'off' | 'unavailable'

export interface Autostart {
  read(): StartWithMachine
  set(wanted: boolean): void
}

/** Windows and macOS keep a list of such programs; on Linux it is a file in the user's autostart folder. */
export function autostart(
  { app }: Pick<Electron, 'app'>,
  { platform = process.platform, program = process.env.APPIMAGE ?? process.execPath } = {},
): Autostart {
  if (!app.isPackaged) return { read: () => 'unavailable', set: () => {} }
  if (platform === 'linux')
    return desktopEntry(join(app.getPath('appData'), 'autostart', 'org.bdc.desktop.desktop'), program)
  return {
    read: () => (app.getLoginItemSettings().openAtLogin ? 'on' : 'off'),
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
  }
}

/** Tells our own page what is set, and sets it when an administrator asks for that. */
export function answerStartWithMachine(
  electron: Pick<Electron, 'ipcMain'>,
  own: Autostart,
  isAdmin: () => Promise<boolean>,
) {
  answerPage(electron, startWithMachineMessage, async (wanted): Promise<StartWithMachine> => {
    if (typeof wanted === 'boolean' && (await isAdmin())) own.set(wanted)
    return own.read()
  })
}

function desktopEntry(path: string, program: string): Autostart {
  return {
    read: () => (existsSync(path) ? 'on' : 'off'),
    set(wanted) {
      if (!wanted) return rmSync(path, { force: true })
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, entryFor(program))
    },
  }
}

/** Source: Desktop Entry Specification 1.5, "The Exec key": within double quotes, four signs are escaped, and `%` is doubled. */
function entryFor(program: string): string {
  const quoted = `"${program
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`
  return ['[Desktop Entry]', 'Type=Application', 'Name=BDC', `Exec=${quoted}`, 'Terminal=false', ''].join('\n')
}
