import type { Stored } from '../appointments/queries.ts'
import { type Exception, isHeldBack, type Telling, type Unit } from './travelling.ts'

/** The rows as they may be told elsewhere: without people and notes always, without words unless those may travel. */
export function toldUnit({ row, exceptions }: Unit, { userId, tellsWords, word }: Telling, uid: string): Unit {
  const told = (one: Stored): Stored => ({
    ...one,
    notes: null,
    beneficiary_id: null,
    group_id: null,
    ...(!tellsWords && { title: word, description: null, location: null, type: null }),
  })
  const exception = (one: Exception): Exception => {
    const deletedAt = isHeldBack(one, userId) ? one.updated_at : one.deleted_at
    return { ...one, ...told(one), deleted_at: deletedAt }
  }
  return { row: { ...told(row), uid }, exceptions: exceptions.map(exception) }
}
