import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { ListBeneficiaries } from '../../../shared/contract/beneficiaries.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import type { Cell } from '../../sheets/cells.ts'
import { tableElsewhere } from '../../sheets/table-elsewhere.ts'
import type { SheetFormat } from '../../sheets/table-file.ts'
import { wireEmail } from './email.ts'
import { listBeneficiaries } from './list.ts'
import { fieldsInJson } from './metadata.ts'

type Filter = Pick<ListBeneficiaries, 'search' | 'status' | 'trainerId' | 'own' | 'order'> & {
  /** These alone, or all but these. */
  ids?: Id[] | undefined
  except: Id[]
}
type Wish = Filter & { format: SheetFormat; columns: { field: string; name: string }[] }

const mostAtOnce = 100

/** The list as a file: made in front of the transaction, which only notes that it was given out. */
export const exportList = {
  async prepare({ db, actor }: ReadContext, { format, columns, ...filter }: Wish) {
    const fields = columns.map(({ field }) => field)
    const file = await tableElsewhere({
      title: 'people',
      format,
      columns: columns.map(({ name }) => name),
      rows: rowsOf(db, scopeOf(actor), filter, fields),
    })
    return async ({ about }: WriteContext) => {
      about(null, { rows: file.rows, format })
      return file
    }
  },
}

async function* rowsOf(db: Reader, scope: Scope, { ids, except, ...filter }: Filter, fields: readonly string[]) {
  const leftOut = new Set(except)
  let after: string | undefined
  do {
    const page = await listBeneficiaries(db, scope, { ...filter, after, limit: mostAtOnce }, ids)
    const shown = page.rows.map(({ id }) => id).filter((id) => !leftOut.has(id))
    const files = await filesOf(db, shown)
    yield shown.flatMap((id) => {
      const file = files.get(id)
      return file ? [fields.map((field) => cellOf(file, field))] : []
    })
    after = page.next ?? undefined
    // Others have their turn between two pages.
    await setImmediate()
  } while (after)
}

async function filesOf(db: Reader, ids: readonly Id[]) {
  const rows = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .select([
      'beneficiaries.id',
      'users.name',
      'users.email',
      'profiles.phone',
      'profiles.address',
      'profiles.city',
      'profiles.state',
      'profiles.postal_code as postalCode',
      'profiles.country',
      'profiles.date_of_birth as dateOfBirth',
      'profiles.emergency_contact as emergencyContact',
      'profiles.emergency_phone as emergencyPhone',
      'trainers.name as trainer',
      'beneficiaries.enrollment_date as enrollmentDate',
      'beneficiaries.status',
      'beneficiaries.notes',
      'profiles.preferences',
      'profiles.metadata as profileMetadata',
      'beneficiaries.metadata as fileMetadata',
      sql<string>`(select group_concat(name, '; ') from (
        select groups.name from group_members join groups on groups.id = group_members.group_id
        where group_members.beneficiary_id = beneficiaries.id order by groups.name
      ))`.as('groups'),
    ])
    .where('beneficiaries.id', 'in', sql<Id>`(select value from json_each(${JSON.stringify(ids)}))`)
    .execute()
  return new Map(rows.map((row) => [row.id, { ...row, email: wireEmail(row.email), ...fieldsInJson(row) }] as const))
}

type ListedFile = Awaited<ReturnType<typeof filesOf>> extends Map<Id, infer File> ? File : never

function cellOf(file: ListedFile, field: string): Cell {
  const value = field.startsWith('own.') ? file.own[field.slice(4)] : Object(file)[field]
  if (typeof value === 'number' || typeof value === 'string') return value
  return typeof value === 'boolean' ? (value ? 1 : 0) : null
}
