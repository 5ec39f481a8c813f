import { EventEmitter } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import type { BrowserWindowConstructorOptions, CustomScheme, MenuItemConstructorOptions, Rectangle } from 'electron'
import type { Electron } from '../../../main/hosts/electron/electron.ts'

/** Stands in for Electron: does what its documentation says, in memory, and remembers what it was asked. */
export function electronDouble(given: Given = {}) {
  const log: string[] = []
  const asked = {
    errors: [] as string[],
    questions: [] as string[],
    opened: [] as string[],
    menu: [] as MenuItemConstructorOptions[] | null,
  }
  const schemes: CustomScheme[] = []
  const protocols = new Map<string, (request: Request) => Promise<Response>>()
  const windows: WindowDouble[] = []
  const invocations = new Map<string, (event: object, ...input: unknown[]) => Promise<unknown>>()
  const ipcMain = Object.assign(new EventEmitter(), {
    handle: (name: string, handler: (event: object, ...input: unknown[]) => Promise<unknown>) =>
      invocations.set(name, handler),
  })
  const session = sessionDouble()
  const powerMonitor = new EventEmitter()
  const partitions = new Map<string, SessionDouble>()
  const app = appDouble(log, given)

  class BrowserWindow extends WindowDouble {
    constructor(options: BrowserWindowConstructorOptions) {
      super(options)
      log.push('window')
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
  }

  const electron = {
    app,
    BrowserWindow,
    ipcMain,
    powerMonitor,
    dialog: {
      showErrorBox: (_title: string, text: string) => asked.errors.push(text),
      showMessageBox: async ({ detail }: { detail: string }) => {
        asked.questions.push(detail)
        return { response: await (given.answer?.() ?? 1) }
      },
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[] | null) => {
        asked.menu = template
      },
    },
    nativeTheme: { shouldUseDarkColors: false },
    protocol: {
      registerSchemesAsPrivileged: (list: CustomScheme[]) => {
        log.push('scheme')
        schemes.push(...list)
      },
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => protocols.set(scheme, handler),
      unhandle: (scheme: string) => protocols.delete(scheme),
    },
    safeStorage: keychainDouble(given),
    screen: { getDisplayMatching: () => ({ workArea: given.workArea ?? { x: 0, y: 0, width: 1920, height: 1040 } }) },
    session: { defaultSession: session, fromPartition: (name: string) => partitionOf(partitions, name) },
    shell: { openExternal: async (address: string) => asked.opened.push(address) },
  }
  const onlyWindow = () => {
    const [window, ...others] = windows
    if (!window || others.length > 0) throw new Error(`There are ${windows.length} windows, not one.`)
    return window
  }
  return {
    electron: electron as unknown as Electron,
    app,
    ipcMain,
    powerMonitor,
    session,
    partitions,
    windows,
    onlyWindow,
    schemes,
    invocations,
    protocols,
    asked,
    log,
  }
}

export interface Given {
  isPackaged?: boolean
  isSecondInstance?: boolean
  userData?: string
  appData?: string
  systemLanguages?: string[]
  workArea?: Rectangle
  /** Which button the user chooses; cancel unless told. */
  answer?: () => number | Promise<number>
  keychain?: KeychainState
}

/** What may change between two starts of a computer: hand the same object to several doubles. */
export interface KeychainState {
  backend: string
  isAvailable: boolean
  secret: number
  shouldReEncrypt?: boolean
}

function appDouble(log: string[], given: Given) {
  const paths: Record<string, string> = { userData: given.userData ?? '/nowhere', appData: given.appData ?? '/nowhere' }
  let openAtLogin = false
  return Object.assign(new EventEmitter(), {
    isPackaged: given.isPackaged ?? false,
    getVersion: () => '1.2.3',
    getPreferredSystemLanguages: () => given.systemLanguages ?? ['en-GB'],
    getPath: (name: string) => paths[name],
    setPath: (name: string, path: string) => {
      paths[name] = path
    },
    requestSingleInstanceLock: () => !given.isSecondInstance,
    getLoginItemSettings: () => ({ openAtLogin }),
    setLoginItemSettings: (settings: { openAtLogin: boolean }) => {
      openAtLogin = settings.openAtLogin
    },
    enableSandbox: () => log.push('sandbox'),
    setAppUserModelId: () => {},
    whenReady: async () => log.push('ready'),
    exit: (code: number) => log.push(`exit ${code}`),
    /** As Electron does: a `will-quit` that is prevented stops the quit. */
    quit(this: EventEmitter) {
      let isPrevented = false
      this.emit('will-quit', { preventDefault: () => (isPrevented = true) })
      log.push(isPrevented ? 'quit held' : 'quit')
    },
  })
}

/** Every handler that a session takes, by the name of its setter. */
function sessionDouble() {
  const handlers: Record<string, (...parameters: never[]) => unknown> = {}
  const take = (name: string) => (handler: () => unknown) => {
    handlers[name] = handler
  }
  return Object.assign(new EventEmitter(), {
    handlers,
    isSpellCheckerEnabled: true,
    setPermissionRequestHandler: take('permissionRequest'),
    setPermissionCheckHandler: take('permissionCheck'),
    setDevicePermissionHandler: take('device'),
    setDisplayMediaRequestHandler: take('displayMedia'),
    setBluetoothPairingHandler: take('bluetooth'),
    setUSBProtectedClassesHandler: take('usbClasses'),
    setCertificateVerifyProc: take('certificate'),
    userAgent: 'Chromium',
    getUserAgent(this: { userAgent: string }) {
      return this.userAgent
    },
    setUserAgent(this: { userAgent: string }, userAgent: string) {
      this.userAgent = userAgent
    },
    webRequest: { onBeforeRequest: take('beforeRequest') },
    setSpellCheckerEnabled(isEnabled: boolean) {
      this.isSpellCheckerEnabled = isEnabled
    },
  })
}

type SessionDouble = ReturnType<typeof sessionDouble>

function partitionOf(partitions: Map<string, SessionDouble>, name: string): SessionDouble {
  const known = partitions.get(name) ?? sessionDouble()
  partitions.set(name, known)
  return known
}

class ContentsDouble extends EventEmitter {
  isCrashed = () => true
  sent: string[] = []
  send(message: string) {
    this.sent.push(message)
  }
  openHandler?: (details: { url: string }) => { action: string }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler
  }
}

export class WindowDouble extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents = new ContentsDouble()
  calls: string[] = []
  bounds: Rectangle = { x: 0, y: 0, width: 0, height: 0 }

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.bounds = { x, y, width, height }
  }

  getNormalBounds = () => this.bounds
  isMaximized = () => this.calls.includes('maximize')
  isMinimized = () => false
  isDestroyed = () => this.calls.includes('destroy')
  maximize = () => this.calls.push('maximize')
  show = () => this.calls.push('show')
  focus = () => this.calls.push('focus')
  reload = () => this.calls.push('reload')
  restore = () => this.calls.push('restore')
  setContentProtection = (isOn: boolean) => this.calls.push(`protection ${isOn}`)
  setKiosk = (isOn: boolean) => this.calls.push(`kiosk ${isOn}`)
  setAlwaysOnTop = (isOn: boolean) => this.calls.push(`on top ${isOn}`)
  hide = () => this.calls.push('hide')
  destroy = () => this.calls.push('destroy')
  /** What the other side answers: a status, or 0 when nobody is there. */
  answers: number[] = []
  loadURL = async (address: string) => {
    this.calls.push(`load ${address}`)
    const status = this.answers.shift() ?? 200
    if (status === 0) throw new Error('ERR_CONNECTION_REFUSED')
    this.webContents.emit('did-navigate', {}, address, status)
  }
}

/** Seals with a number instead of a cipher: what another number sealed cannot be opened. */
function keychainDouble({ keychain = { backend: 'gnome_libsecret', isAvailable: true, secret: 1 } }: Given) {
  return {
    isAsyncEncryptionAvailable: async () => keychain.isAvailable,
    getSelectedStorageBackend: () => keychain.backend,
    encryptStringAsync: async (text: string) =>
      Buffer.from(JSON.stringify({ secret: keychain.secret, text: [...text].reverse().join('') })),
    decryptStringAsync: async (sealed: Buffer) => {
      const { secret, text } = JSON.parse(sealed.toString())
      if (secret !== keychain.secret)
        throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.')
      return { result: [...text].reverse().join(''), shouldReEncrypt: keychain.shouldReEncrypt ?? false }
    },
  }
}

export interface FrameDouble {
  origin: string
  parent: object | null
  detached: boolean
}

export const ourFrame: FrameDouble = { origin: 'app://main', parent: null, detached: false }

/** A channel whose far end behaves like a `MessagePortMain`. */
export function channelDouble() {
  const { port1: page, port2 } = new MessageChannel()
  const events = new EventEmitter()
  port2.on('close', () => events.emit('close'))
  const main = Object.assign(events, {
    postMessage: (message: unknown) => port2.postMessage(message),
    start: () => void port2.on('message', (data: unknown) => events.emit('message', { data })),
    close: () => port2.close(),
  })
  return { page, main }
}
