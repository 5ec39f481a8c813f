import type { Stored } from '../appointments/queries.ts'
import type { Telling, Unit } from './travelling.ts'

/** The rows as they may be told elsewhere: without people and notes always, without words unless those may travel. */
export function toldUnit({ row, exceptions }: Unit, { userId, tellsWords, word }: Telling, uid: string): Unit {
  const told = (one: Stored): Stored => ({
    ...one,
    notes: null,
    beneficiary_id: null,
    group_id: null,
    ...(!tellsWords && { title: word, description: null, location: null, type: null }),
  })
  const exception = (one: Stored): Stored => {
    const isSomebodyElses = one.trainer_id !== userId
    return { ...told(one), ...(isSomebodyElses && { deleted_at: one.updated_at }) }
  }
  return { row: { ...told(row), uid }, exceptions: exceptions.map(exception) }
}
