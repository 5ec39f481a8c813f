import type { ContextBridge, IpcRenderer } from 'electron'

export const openDoorMessage = 'bdc:open-door'
export const lockedMessage = 'bdc:locked'
export const roomMessage = 'bdc:room'
export const startWithMachineMessage = 'bdc:start-with-machine'

type Port = NonNullable<Parameters<IpcRenderer['postMessage']>[2]>[number]

/** What the preload needs of the page's window; this project compiles without the DOM. */
export interface PageWindow {
  origin: string
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void
}

export interface PageMessage {
  data: unknown
  origin: string
  source: unknown
  ports: readonly Port[]
}

export interface PreloadApi {
  contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>
  ipcRenderer: Pick<IpcRenderer, 'postMessage' | 'invoke' | 'on'>
}

/**
 * Tells the page that it is in the shell and when its session was locked, passes its end of a message channel on to the door,
 * and asks whether the program starts with the machine and whether it is a seat in another machine's room. Nothing else gets
 * through.
 */
export function bridge(
  { contextBridge, ipcRenderer }: PreloadApi,
  page: PageWindow,
  shell: { platform: string; version: string },
) {
  contextBridge.exposeInMainWorld('bdcShell', {
    platform: shell.platform,
    version: shell.version,
    onLocked: (listener: unknown) => {
      if (typeof listener === 'function') ipcRenderer.on(lockedMessage, () => listener())
    },
    startWithMachine: (wanted?: unknown) =>
      ipcRenderer.invoke(startWithMachineMessage, typeof wanted === 'boolean' ? wanted : undefined),
    room: (asked?: unknown) =>
      ipcRenderer.invoke(roomMessage, typeof asked === 'string' ? asked.slice(0, 200) : undefined),
  })
  page.addEventListener('message', ({ data, source, origin, ports }) => {
    const [port] = ports
    if (data !== openDoorMessage || source !== page || origin !== page.origin || !port || ports.length !== 1) return
    ipcRenderer.postMessage(openDoorMessage, null, [port])
  })
}
