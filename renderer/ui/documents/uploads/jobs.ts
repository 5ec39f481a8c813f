import { createContext, useContext } from 'react'
import type { UploadPlace } from './send-file.ts'

/** A file that this window sends, or has sent. */
export interface UploadJob {
  id: number
  name: string
  /** How much of it is stored, 0 to 1. */
  share: number
  state: 'sending' | 'done' | 'stopped'
  /** Why it stopped. */
  error?: unknown
  /** As the core knows it, once it has begun. */
  uploadId?: string
}

export interface Uploads {
  jobs: readonly UploadJob[]
  /** Sends files one after the other, whatever page is shown meanwhile. */
  add(files: readonly File[], place: UploadPlace): void
  /** Goes on with what stopped. */
  again(id: number): void
  /** Stops it and takes back what was stored of it. */
  cancel(job: UploadJob): void
  /** Takes what is done or stopped off the screen; what stopped stays on the list of documents. */
  clear(): void
}

export const UploadsContext = createContext<Uploads | null>(null)

export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext)
  if (!uploads) throw new Error('Files are sent within the frame of the staff only.')
  return uploads
}
