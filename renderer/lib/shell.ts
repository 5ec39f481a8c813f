/** `unavailable`: this way of running the program cannot start with the machine. */
export type StartWithMachine = 'on' | 'off' | 'unavailable'

/** `looking`: another machine's room does not answer yet; `shown`: its page lies over this one. */
interface RoomAnswer {
  view: 'none' | 'looking' | 'shown'
  isDone: boolean
}

/** What the desktop program offers to its page, besides the way to the core. */
interface DesktopShell {
  /** The computer goes to sleep or its screen was locked, and the session with it. */
  onLocked(listener: () => void): void
  /** Says what is set, after setting it where something is given. Only an administrator may set it. */
  startWithMachine(wanted?: boolean): Promise<StartWithMachine>
  /** Says whether this machine is a seat in another one's room, after going into one by the text of its QR code, or `leave`. */
  room(asked?: string): Promise<RoomAnswer>
}

/** Whether this page is another machine's room, shown by a kiosk of ours: closing the window leads back to that kiosk. */
export function isInRoomKiosk(): boolean {
  return navigator.userAgent.endsWith(' BDC-Kiosk')
}

/** Undefined in a browser. */
export function desktopShell(): DesktopShell | undefined {
  return (window as Window & { bdcShell?: DesktopShell }).bdcShell
}
