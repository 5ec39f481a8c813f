import { randomUUID } from 'node:crypto'
import type { ColumnTarget } from '../../../shared/contract/people-imports.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { Plan } from './plan.ts'
import type { PeopleSheet } from './read-file.ts'

/** A file that somebody sent, what was planned with it, and how far that is carried out. */
export interface Held {
  fileId: string
  owner: string
  fileName: string
  sheet: PeopleSheet
  plan: Plan | null
  targets: readonly ColumnTarget[]
  /** Once it is begun. */
  importId: number | null
  added: number
  changed: number
  failed: number[]
}

export interface HeldFiles {
  keep(actor: Actor, file: Pick<Held, 'fileName' | 'sheet'>): Held
  /** Refused when the program was started anew since, or another file was chosen. */
  of(actor: Actor, fileId: string): Held
  forget(held: Held): void
}

/** More people than bring lists in at one time. */
const most = 4

/** One file for each person, in memory alone: until it is carried out, nothing of it was said to be saved. */
export function heldFiles(): HeldFiles {
  const files = new Map<string, Held>()
  const ownerOf = (actor: Actor) => `${organizationOf(actor)} ${actor.userId}`
  return {
    keep(actor, file) {
      const owner = ownerOf(actor)
      const begun = { plan: null, targets: [], importId: null, added: 0, changed: 0, failed: [] }
      const held: Held = { ...file, ...begun, fileId: randomUUID(), owner }
      files.delete(owner)
      files.set(owner, held)
      const [oldest] = files.keys()
      if (files.size > most && oldest !== undefined) files.delete(oldest)
      return held
    },
    of(actor, fileId) {
      const held = files.get(ownerOf(actor))
      if (held?.fileId !== fileId) throw new Refusal('notFound', 'peopleImport.fileGone')
      return held
    },
    forget({ owner }) {
      files.delete(owner)
    },
  }
}
