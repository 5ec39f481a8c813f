import type { DraftFields } from '../../../shared/contract/messages.ts'
import { refusalOf } from '../../lib/refusal.ts'

export type DraftText = Pick<DraftFields, 'replyTo' | 'recipients' | 'subject' | 'content' | 'attachments'>

export interface Standing {
  isSaving: boolean
  isDirty: boolean
  /** When the core last said that it is on the disk. */
  savedAt: string | null
  /** Why the latest text is not saved yet. */
  problem: unknown
}

interface Options {
  /** Of the draft as it was opened; 0 when there is none yet. */
  edit: number
  save: (text: DraftText, edit: number) => Promise<{ savedAt: string }>
  onStanding: (standing: Standing) => void
  pauseMs?: number
  retryMs?: number
}

/**
 * Saves what is typed whenever the typing pauses, one save after the other. Whether one that failed has reached the disk
 * nobody knows, so the very same is sent again before anything newer. A refusal ends it: then a person decides.
 */
export function draftSaver({ edit, save, onStanding, pauseMs = 300, retryMs = 2000 }: Options) {
  let saved = edit
  let savedAt: string | null = null
  let waiting: DraftText | null = null
  let unsure: DraftText | null = null
  let problem: unknown = null
  let running: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const isDirty = () => waiting !== null || unsure !== null
  const tell = () => onStanding({ isSaving: running !== null, isDirty: isDirty(), savedAt, problem })

  function soon(delay: number) {
    clearTimeout(timer)
    timer = setTimeout(() => run().catch(() => undefined), delay)
  }

  function run(): Promise<void> {
    clearTimeout(timer)
    running ??= write().finally(() => {
      running = null
      tell()
    })
    return running
  }

  async function write() {
    for (let text = unsure ?? waiting; text; text = unsure ?? waiting) {
      if (text === waiting) waiting = null
      unsure = text
      tell()
      try {
        ;({ savedAt } = await save(text, saved + 1))
      } catch (error) {
        problem = error
        if (!refusalOf(error)) soon(retryMs)
        throw error
      }
      saved += 1
      unsure = null
      problem = null
    }
  }

  return {
    change(text: DraftText) {
      waiting = text
      soon(pauseMs)
      tell()
    },
    /** Which edit is on the disk, after everything that was typed is. */
    async flush(): Promise<number> {
      while (isDirty() || running) await run()
      return saved
    },
    isDirty,
    hasSaved: () => saved > 0,
    /** Nothing more is saved: it was sent or thrown away. */
    end() {
      clearTimeout(timer)
      waiting = null
      unsure = null
    },
  }
}
