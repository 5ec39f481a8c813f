import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { BrowserWindow } from 'electron'
import { type Entrance, readEntrance } from '../../../shared/entrance.ts'
import { writeDurably } from '../../database/write-durably.ts'
import { isPrivate } from '../../domains/classroom/certificates/private-networks.ts'
import { roomMessage } from './bridge.ts'
import { answerPage } from './door-port.ts'
import type { Electron } from './electron.ts'
import { holdKeys } from './kiosk-keys.ts'
import { partitionOf, roomSession } from './room-session.ts'
import { openRoomWindow } from './window.ts'

const againMs = 2_000

/** `looking`: the room does not answer yet, and our own page says so; `shown`: the room's page covers it. */
export type RoomView = 'none' | 'looking' | 'shown'

export interface RoomKiosk {
  view(): RoomView
  /** Remembers the room and goes there; false for a text that is not the way into one. */
  enter(text: string): boolean
  /** Goes back to where the kiosk was, after a start of the machine too. */
  resume(): void
  leave(): void
}

/**
 * Makes this machine a seat in the room of another one. The room's page lies over our own, which stays a kiosk: whoever
 * leaves the room is at the kiosk again, and only the exit PIN leads further.
 */
export function roomKiosk(
  electron: Pick<Electron, 'BrowserWindow' | 'session'>,
  memory: string,
  isHeld: () => boolean,
): RoomKiosk {
  let window: BrowserWindow | undefined
  let view: RoomView = 'none'
  let timer: ReturnType<typeof setTimeout> | undefined

  function go(entrance: Entrance) {
    close()
    view = 'looking'
    roomSession(electron, entrance)
    const opened = openRoomWindow(electron, partitionOf(entrance))
    window = opened
    holdKeys(opened.webContents)
    const look = () => {
      timer = undefined
      void show(opened, entrance).then((isShown) => {
        if (opened !== window) return
        view = isShown ? 'shown' : 'looking'
        if (!isShown) timer = setTimeout(look, againMs)
      })
    }
    opened.webContents.on('render-process-gone', () => {
      if (opened !== window || timer) return
      opened.hide()
      view = 'looking'
      timer = setTimeout(look, againMs)
    })
    opened.on('leave-full-screen', () => opened === window && opened.setKiosk(true))
    // The page itself asks for it with `window.close()`; when the machine is shut down, the room is not forgotten.
    opened.on('close', (event) => {
      if (opened !== window || !isHeld()) return
      event.preventDefault()
      leave()
    })
    look()
  }

  function close() {
    clearTimeout(timer)
    const closing = window
    window = undefined
    view = 'none'
    closing?.destroy()
  }

  function leave() {
    rmSync(memory, { force: true })
    close()
  }

  return {
    view: () => view,
    enter(text) {
      const entrance = readEntrance(text)
      if (!entrance || !isInRoom(entrance)) return false
      writeDurably(memory, entrance.url)
      go(entrance)
      return true
    },
    resume() {
      const entrance = existsSync(memory) ? readEntrance(readFileSync(memory, 'utf8')) : undefined
      if (entrance) go(entrance)
    },
    leave,
  }
}

/** A page of Chromium that explains an error is never seen: the window waits out of sight until the room answers. */
async function show(window: BrowserWindow, { url }: Entrance): Promise<boolean> {
  let status = 0
  const note = (_event: unknown, _url: string, code: number) => {
    status = code
  }
  window.webContents.once('did-navigate', note)
  const isLoaded = await window.loadURL(url).then(
    () => true,
    () => false,
  )
  window.webContents.removeListener('did-navigate', note)
  if (window.isDestroyed()) return false
  if (!isLoaded || status !== 200) {
    window.hide()
    return false
  }
  window.show()
  window.setKiosk(true)
  window.setAlwaysOnTop(true, 'screen-saver')
  return true
}

function isInRoom({ host }: Entrance): boolean {
  return host.endsWith('.local') || isPrivate(host)
}

export interface RoomAnswer {
  view: RoomView
  /** Whether what was asked for was done. */
  isDone: boolean
}

/** Our own page enters a room when staff ask for it, after the screen has become a kiosk; it may leave at any time. */
export function answerRoom(
  electron: Pick<Electron, 'ipcMain'>,
  kiosk: RoomKiosk,
  { becomeKiosk }: { becomeKiosk: () => Promise<boolean> },
) {
  answerPage(electron, roomMessage, async (asked): Promise<RoomAnswer> => {
    if (asked === 'leave') kiosk.leave()
    const isEntrance = typeof asked === 'string' && readEntrance(asked) !== undefined
    const isDone = isEntrance ? (await becomeKiosk()) && kiosk.enter(asked) : asked === 'leave'
    return { view: kiosk.view(), isDone }
  })
}
