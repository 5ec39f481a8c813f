import { openSync, writeSync } from 'node:fs'
import * as z from 'zod'
import { Id } from '../../shared/contract/base.ts'

/** What the core has acknowledged: from then on it must be there after every power cut. */
export const Mark = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('centre'), email: z.string() }),
  z.object({ kind: z.literal('published'), assessmentId: Id }),
  /** The cookie of a kiosk where this learner sits. */
  z.object({ kind: z.literal('seated'), beneficiaryId: Id, token: z.string() }),
  z.object({ kind: z.literal('begun'), attemptId: Id }),
  z.object({ kind: z.literal('saved'), attemptId: Id, questionId: Id, edit: z.int() }),
  z.object({ kind: z.literal('flagged'), attemptId: Id, questionId: Id, isFlagged: z.boolean() }),
  z.object({ kind: z.literal('handedIn'), attemptId: Id }),
])
export type Mark = z.infer<typeof Mark>

/** Marks go to a file that the watched disk knows, and stand in its log between what was written before and after. */
export function markWriter(path: string): (mark: Mark) => void {
  const file = openSync(path, 'a')
  return (mark) => void writeSync(file, JSON.stringify(mark))
}

/** The answer that stands for an edit: a torn or mixed one would be another text. Some are long, as essays are. */
export function answerOf(edit: number): string {
  const size = edit % 37 === 0 ? 20_000 : edit % 5 === 0 ? 2_000 : 20
  return `answer ${edit} `.padEnd(size, `${edit} `)
}
