export function presentElectronBinary(folder?: string): string | undefined

export function electronBinary(options?: {
  folder?: string
  memory?: string
  /** Milliseconds. */
  patience?: number
  say?: (sentence: string) => void
}): Promise<string | undefined>
