/** `unavailable`: this way of running the program cannot start with the machine. */
export type StartWithMachine = 'on' | 'off' | 'unavailable'

/** What the desktop program offers to its page, besides the way to the core. */
interface DesktopShell {
  /** The computer goes to sleep or its screen was locked, and the session with it. */
  onLocked(listener: () => void): void
  /** Says what is set, after setting it where something is given. Only an administrator may set it. */
  startWithMachine(wanted?: boolean): Promise<StartWithMachine>
}

/** Undefined in a browser. */
export function desktopShell(): DesktopShell | undefined {
  return (window as Window & { bdcShell?: DesktopShell }).bdcShell
}
