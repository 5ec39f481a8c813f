import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { BrowserWindow } from 'electron'
import { mayUse } from '../../../shared/permissions.ts'
import type { createApp } from '../../app.ts'
import type { Visitor } from '../../context.ts'
import type { KeyStore } from '../../database/key.ts'
import { describeError } from '../../domains/monitoring/anonymous-error.ts'
import type { RoomListener } from '../../room-listener.ts'
import { openingArgument } from './argv.ts'
import { contentProtection, isProtectable } from './content-protection.ts'
import { windowCredentials } from './credentials.ts'
import { openDoorPort } from './door-port.ts'
import type { Electron } from './electron.ts'
import { keyPlace } from './key-place.ts'
import { systemKeychain } from './keychain.ts'
import { holdKiosk, type KioskHold } from './kiosk-hold.ts'
import { type LockOnLeave, lockOnLeave } from './lock-on-leave.ts'
import { setMenu } from './menu.ts'
import { guardNavigation } from './navigation.ts'
import { ourOrigin, scheme } from './origin.ts'
import { denyEverything } from './permissions.ts'
import { registerScheme, rendererServer } from './protocol.ts'
import { closeBeforeQuit } from './quit.ts'
import { answerRoom, roomKiosk } from './room-kiosk.ts'
import { answerStartWithMachine, autostart } from './start-with-machine.ts'
import { unlockInWindow } from './unlock-window.ts'
import { openWindow } from './window.ts'
import { wordsFor } from './words.ts'

export interface Surroundings {
  /** Folder of the built screens. */
  renderer: string
  /** Folder of the built screen that unlocks the data. */
  unlock: string
  /** The bundled preload script. */
  preload: string
  argv: readonly string[]
  /** Another place for the data than the user's own folder, for trying things out. */
  dataDir?: string
  /** How the devices of a classroom reach this machine. */
  roomListener?: RoomListener
}

/** Puts the core behind a window. Everything up to the first `await` happens before Electron is ready, as it must. */
export async function startShell(electron: Electron, create: typeof createApp, surroundings: Surroundings) {
  const { app, dialog } = electron
  if (surroundings.dataDir) app.setPath('userData', join(surroundings.dataDir, 'window'))
  if (!mayStart(electron, surroundings.argv)) return app.exit(1)
  if (!app.requestSingleInstanceLock()) return app.quit()

  // Who has switched the sandbox off, as a container must, has done so for the whole program; half of it would not start.
  if (!surroundings.argv.includes('--no-sandbox')) app.enableSandbox()
  // The name under which the Windows taskbar knows the installed program.
  app.setAppUserModelId('org.bdc.desktop')
  registerScheme(electron)
  const held: Held = { isOn: () => false }
  guardNavigation(
    electron,
    () => wordsFor(app.getPreferredSystemLanguages()),
    () => held.isOn(),
  )

  await app.whenReady()
  try {
    await open(electron, create, surroundings, held)
  } catch (error) {
    console.error(describeError(error))
    dialog.showErrorBox('BDC could not start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  }
}

function mayStart({ app }: Electron, argv: readonly string[]): boolean {
  const argument = app.isPackaged ? openingArgument(argv) : undefined
  if (argument) console.error(`BDC does not start with ${argument}: it would open your data to other programs.`)
  return argument === undefined
}

/** Navigation is guarded before there is a core that could say whether the screen is a kiosk's. */
interface Held {
  isOn: () => boolean
}

async function open(electron: Electron, create: typeof createApp, surroundings: Surroundings, held: Held) {
  const { app, protocol, session } = electron
  denyEverything(session.defaultSession)
  const userData = app.getPath('userData')
  const dataDir = surroundings.dataDir ?? join(userData, 'data')
  const protection = isProtectable(process.platform) ? contentProtection(join(userData, 'window.protected')) : undefined
  const showMenu = () => setMenu(electron, wordsFor(app.getPreferredSystemLanguages()), protection)
  showMenu()
  const openOne = () => {
    const window = openWindow(electron, { preload: surroundings.preload, place: join(userData, 'window.json') })
    protection?.over(window)
    return window
  }
  const screens = rendererServer(surroundings.renderer)
  const keys = await keyPlace(electron, dataDir)
  const { keys: opened, window } = await unlockInWindow(electron, {
    dataDir,
    keys,
    screens: surroundings.unlock,
    openOne,
  })

  protocol.handle(scheme, screens)
  const core = { dataDir, keys: opened, roomListener: surroundings.roomListener, showMenu }
  const { hold, leaving } = await openCore(electron, create, core)
  held.isOn = hold.isOn
  if (window) void window.loadURL(`${ourOrigin}/`)
  keepOneWindow(electron, { hold, leaving }, { openOne, window })
}

type CorePlace = Pick<Surroundings, 'roomListener'> & { dataDir: string; keys: KeyStore; showMenu: () => void }

/** What follows the session on the screen. */
interface Screens {
  hold: KioskHold
  leaving: LockOnLeave
}

async function openCore(electron: Electron, create: typeof createApp, place: CorePlace): Promise<Screens> {
  const { dataDir, keys, roomListener, showMenu } = place
  const keychain = systemKeychain(electron, process.platform)
  const core = await create({ dataDir, keys, roomListener, keychain })
  closeBeforeQuit(electron, core.close)
  void core.restored.then(() => {
    electron.app.relaunch()
    electron.app.quit()
  })

  const databaseKey = await keys.load()
  if (!databaseKey) throw new Error('The key of the data could not be read back: nothing would open it again.')
  const credentials = windowCredentials(join(dataDir, 'bdc.session.sealed'), databaseKey)
  const visitor: Visitor = {
    credentials: {
      read: credentials.read,
      write(token, options) {
        credentials.write(token, options)
        // Who leaves the kiosk leaves the room that it was in.
        void hold.refresh().then(() => hold.isOn() || room.leave())
      },
    },
    ipAddress: '127.0.0.1',
    userAgent: `BDC ${electron.app.getVersion()} in its own window (${process.platform})`,
  }
  const client = createRouterClient(core.router, { context: visitor })
  const hold = holdKiosk(electron, async () => (await client.identity.me()).kind === 'kiosk', showMenu)
  await hold.refresh()
  openDoorPort(electron, core.router, visitor)
  answerStartWithMachine(electron, autostart(electron), async () => {
    const me = await client.identity.me()
    return me.kind === 'user' && me.user.role === 'admin'
  })
  const room = roomKiosk(electron, join(dataDir, 'bdc.room'), hold.isOn)
  answerRoom(electron, room, {
    async becomeKiosk() {
      const me = await client.identity.me()
      if (me.kind === 'user' && mayUse(me.user.role, 'identity.openKiosk')) await client.identity.openKiosk()
      return (await client.identity.me()).kind === 'kiosk' && me.kind === 'user'
    },
  })
  if (hold.isOn()) room.resume()
  return { hold, leaving: lockOnLeave(electron, () => client.identity.lock()) }
}

/** One window at a time; a second start of the program shows it instead of opening another, and a kiosk has one always. */
function keepOneWindow(
  { app }: Electron,
  { hold, leaving }: Screens,
  { openOne, window: first }: { openOne: () => BrowserWindow; window: BrowserWindow | undefined },
) {
  const follow = (opened: BrowserWindow) => {
    hold.over(opened)
    leaving.over(opened)
  }
  let window = first
  if (window) follow(window)
  const show = () => {
    if (!window || window.isDestroyed()) {
      window = openOne()
      follow(window)
    } else if (window.isMinimized()) window.restore()
    window.focus()
  }
  app.on('second-instance', show)
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (hold.isOn()) show()
    else if (process.platform !== 'darwin') app.quit()
  })
  show()
}
