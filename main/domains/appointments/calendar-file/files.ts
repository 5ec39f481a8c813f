import type { CalendarText, ListAppointments } from '../../../../shared/contract/appointments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import { Refusal } from '../../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../../context.ts'
import { scopeOf } from '../../../scope.ts'
import { rootOf, shownIn } from '../occurrences.ts'
import { appointmentOf, awayIn, familyOf, type Stored } from '../queries.ts'
import type { UndoShelf } from '../undo.ts'
import { wallClockOf } from '../wall-clock.ts'
import { carryOut, planImport, previewOf } from './import.ts'
import { readCalendar } from './read.ts'
import { calendarFile } from './write.ts'

/** Most appointments in one file. */
const mostWritten = 5000

export function calendarFileHandlers(shelf: UndoShelf) {
  return {
    async file({ db, actor, clock }: ReadContext, input: { id: Id } | ListAppointments) {
      const scope = scopeOf(actor)
      const roots = 'id' in input ? [await rootById(db, actor, input.id)] : await rootsIn(db, actor, input)
      const rows = new Map<Id, Stored>()
      for (const root of new Set(roots)) {
        const family = await familyOf(db, scope.organizationId, root)
        const away = await awayIn(db, root)
        // One of a series that somebody else holds is left out of it, and its words are not theirs to take along; so is
        // one with somebody who is in the trash.
        for (const row of family) {
          const isThere = isOwn(scope.trainerId, row) && !away.has(row.id)
          rows.set(row.id, isThere ? row : { ...row, deleted_at: row.updated_at })
        }
      }
      return { text: calendarFile([...rows.values()], clock.now().toISOString()) }
    },

    async previewFile({ db, actor }: ReadContext, input: CalendarText) {
      return previewOf(await planImport(db, scopeOf(actor), read(input)))
    },

    async readFile({ db, actor, now, about }: WriteContext, input: CalendarText) {
      const scope = scopeOf(actor)
      const plan = await planImport(db, scope, read(input))
      if (plan.planned.length === 0) throw new Refusal('invalid', 'appointment.nothingInFile')
      const known = plan.planned.flatMap(({ present }) => (present ? rootOf(present) : []))
      const { undo } = await shelf.undoable({ db, actor }, known, async () => {
        const made = await carryOut(db, scope, plan, now)
        return { result: undefined, made }
      })
      const { creates, updates } = previewOf(plan)
      about(null, { creates, updates })
      return { undo, creates, updates }
    },
  }
}

function isOwn(trainerId: Id | null, row: Stored): boolean {
  return trainerId === null || row.trainer_id === trainerId
}

function read({ text, timeZone }: CalendarText) {
  if (!wallClockOf(timeZone)) throw new Refusal('invalid', 'appointment.badRule')
  return readCalendar(text, timeZone)
}

async function rootById(db: ReadContext['db'], actor: ReadContext['actor'], id: Id): Promise<Id> {
  const row = await appointmentOf(db, scopeOf(actor), id)
  if (!row) throw new Refusal('notFound', 'appointment.notFound')
  return rootOf(row)
}

async function rootsIn(db: ReadContext['db'], actor: ReadContext['actor'], input: ListAppointments): Promise<Id[]> {
  const scope = scopeOf(actor)
  const whose = { ...scope, trainerId: scope.trainerId ?? input.trainerId, beneficiaryId: input.beneficiaryId }
  return (await shownIn(db, whose, input, mostWritten)).map(({ stored }) => rootOf(stored))
}
