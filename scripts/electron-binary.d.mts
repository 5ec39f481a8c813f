export function presentElectronBinary(folder?: string): string | undefined

export function electronBinary(options?: {
  folder?: string
  memory?: string
  /** Milliseconds. */
  patience?: number
  /** A failure of today does not count. */
  askAgain?: boolean
  say?: (sentence: string) => void
}): Promise<string | undefined>
