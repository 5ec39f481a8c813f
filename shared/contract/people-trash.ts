import * as z from 'zod'
import { Day, Done, Id, mutation, query, Timestamp } from './base.ts'

/** For so long somebody who was put in the trash can be brought back. */
export const trashDays = 30

/** What is out of sight together with a person, and comes back with them. */
export const GoesAlong = z.object({
  /** To come, with them alone; a series counts once. */
  appointments: z.int(),
  groups: z.int(),
  /** Where they are signed in or sit at a kiosk at this moment; that ends. */
  sessions: z.int(),
})
export type GoesAlong = z.infer<typeof GoesAlong>

export const TrashedPerson = z.object({
  id: Id,
  name: z.string(),
  dateOfBirth: Day.nullable(),
  trainerName: z.string().nullable(),
  deletedAt: Timestamp,
  /** Null where that account is not known here. */
  byName: z.string().nullable(),
  /** The names of files that were put into this one, on another machine perhaps: they come back with it. */
  along: z.array(z.string()),
  /** Whole days that are left of thirty. */
  daysLeft: z.int().min(0),
  /** A legal hold keeps them however long they lie there. */
  isHeld: z.boolean(),
})
export type TrashedPerson = z.infer<typeof TrashedPerson>

const one = z.object({ id: Id })
const look = { action: 'beneficiaries.look', resource: 'beneficiaries', input: 'id' } as const

/** People who are out of every list for thirty days, and then erased. */
export const peopleTrash = {
  /** What would be out of sight with them; refused where putting them away would be. */
  goesAlong: query({ look }).input(one).output(GoesAlong),
  /** Who is in the trash within reach, the latest first. */
  list: query().output(z.array(TrashedPerson)),
  put: mutation({ action: 'peopleTrash.put', resource: 'beneficiaries' }).input(one).output(Done),
  restore: mutation({ action: 'peopleTrash.restore', resource: 'beneficiaries' }).input(one).output(Done),
}
