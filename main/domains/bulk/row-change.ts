import type { Id } from '../../../shared/contract/base.ts'
import type { Actor } from '../../actor.ts'
import type { Writer } from '../../database/database.ts'

export interface RowContext {
  db: Writer
  actor: Actor
  now: string
}

/** Throws a refusal where the row is not to be changed any more, before it writes anything. */
export type TakeBack = (context: RowContext) => Promise<void>

export interface RowChange {
  /** Refuses what no row can be changed to, before the first one is. */
  check?(context: RowContext): Promise<void>
  /** Says how it is taken back; nothing where the row is so already. A refusal comes before the first write. */
  apply(context: RowContext, id: Id): Promise<TakeBack | undefined>
}
