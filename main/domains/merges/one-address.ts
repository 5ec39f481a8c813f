import { sql } from 'kysely'
import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { registry } from '../../database/registry.ts'

const Address = z.object({ email: z.string() })

/** The computer that made an account, from its number. */
const madeAt = sql<number>`users.id / 4294967296`

interface Twice {
  kind: string
  rowId: Id
  lostValues: unknown
}

/**
 * The two files that a conflict about one address is between: the one whose account has the address, and the one whose account
 * got another for now. Null where it is about something else, or where one of them is nobody's file.
 */
export async function filesOf(db: Reader, organizationId: Id, { kind, rowId, lostValues }: Twice) {
  const address = Address.safeParse(lostValues)
  if (kind !== 'sameName' || !address.success) return null
  const people = await db
    .selectFrom('users')
    .innerJoin('beneficiaries', 'beneficiaries.user_id', 'users.id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .leftJoin('sync_machines', (join) => join.on('sync_machines.site', '=', madeAt))
    .select([
      'beneficiaries.id',
      'users.id as accountId',
      'users.name',
      'profiles.date_of_birth as dateOfBirth',
      sql<string | null>`beneficiaries.metadata ->> 'number'`.as('number'),
      'trainers.name as trainerName',
      'profiles.city',
      madeAt.as('site'),
      'sync_machines.name as machine',
    ])
    .where('users.organization_id', '=', organizationId)
    .where('beneficiaries.merged_into', 'is', null)
    .where((eb) => eb.or([eb('users.id', '=', rowId), eb('users.email', '=', address.data.email)]))
    .execute()
  const renamed = people.find(({ accountId }) => accountId === rowId)
  const first = people.find(({ accountId }) => accountId !== rowId)
  return renamed && first ? { first, second: renamed } : null
}

/** Open conflicts about one address between these two files: whoever puts the files together has decided them. */
export async function oneAddressOf(db: Reader, organizationId: Id, files: readonly Id[]): Promise<Id[]> {
  const open = await ofAccounts(db, organizationId).where('decided_at', 'is', null).execute()
  const pairs = await Promise.all(open.map((conflict) => filesOf(db, organizationId, conflict)))
  return open
    .filter((_, index) => {
      const pair = pairs[index]
      return pair && files.includes(pair.first.id) && files.includes(pair.second.id)
    })
    .map(({ id }) => id)
}

export async function settleAsOne(db: Writer, conflicts: readonly Id[], by: Id | null, now: string) {
  if (conflicts.length === 0) return
  await db
    .updateTable('sync_conflicts')
    .set({ decision: 'merged', decided_by: by, decided_at: now })
    .where('id', 'in', [...conflicts])
    .execute()
}

/** Files that are taken apart again are a question again. */
export async function reopenOneAddress(db: Writer, organizationId: Id, accounts: readonly Id[]) {
  await db
    .updateTable('sync_conflicts')
    .set({ decision: null, decided_by: null, decided_at: null })
    .where('organization_id', '=', organizationId)
    .where('kind', '=', 'sameName')
    .where('decision', '=', 'merged')
    .where('table_number', '=', registry.users.number)
    .where('row_id', 'in', [...accounts])
    .execute()
}

function ofAccounts(db: Reader, organizationId: Id) {
  return db
    .selectFrom('sync_conflicts')
    .select(['id', 'kind', 'row_id as rowId', 'lost_values as lostValues'])
    .where('organization_id', '=', organizationId)
    .where('kind', '=', 'sameName')
    .where('table_number', '=', registry.users.number)
}
