import { fold } from '../../shared/fold.ts'
import type { Connection } from '../database/open.ts'
import { type AppliedStep, migrationsFolder, pendingSteps, stepsIn } from '../database/steps.ts'
import { isPutAway } from '../domains/merges/put-away.ts'
import type { Check } from './check.ts'

export interface DatabaseUnderCheck {
  databasePath: string
  connection: Connection
}

export const restore = 'stop using this data and restore the newest backup.'

export const databaseChecks: Readonly<Record<string, Check<DatabaseUnderCheck>>> = {
  settings: ({ connection }) => {
    const wrong = Object.entries(wantedSettings).filter(
      ([name, value]) => connection.pragma(name, { simple: true }) !== value,
    )
    return wrong.length > 0
      ? `not as they should be (${wrong.map(([name]) => name).join(', ')}): report this.`
      : undefined
  },

  'schema version': ({ connection, databasePath }) => {
    const applied = connection
      .prepare<[], AppliedStep>('SELECT number, name, sha256 FROM schema_steps ORDER BY number')
      .all()
    const pending = pendingSteps(stepsIn(migrationsFolder('sqlite')), applied, databasePath)
    return pending.length > 0
      ? `${pending.length} updates are still to be made: start BDC once, or run migrate.`
      : undefined
  },

  integrity: ({ connection }) => {
    const found = String(connection.pragma('integrity_check(1)', { simple: true }))
    return found === 'ok' ? undefined : `the file is damaged (${found.split('\n').join(' ')}): ${restore}`
  },

  references: ({ connection }) => {
    const orphans = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
    const [first] = orphans
    return first
      ? `${orphans.length} rows, the first in ${first.table}, belong to something that is not there: ${restore}`
      : undefined
  },

  'list of people': ({ connection }) => {
    const lost = wronglyIndexed(connection)
    if (lost === 0) return undefined
    return `${lost} people are missing from the list or stand under an old name: start BDC once, which makes the list anew when somebody is missing; nothing of theirs is lost.`
  },
}

/** Those that a connection which only reads has too. */
const wantedSettings = {
  cipher: 'sqlcipher',
  journal_mode: 'wal',
  foreign_keys: 1,
  temp_store: 2,
  trusted_schema: 0,
  cell_size_check: 1,
}

interface IndexedPerson {
  name: string
  sortName: string | null
  isSame: 0 | 1 | null
}

/** How many people the list does not show as their accounts and files say; folding names is not SQL's to do. */
function wronglyIndexed(connection: Connection): number {
  const people = connection.prepare<[], IndexedPerson>(`
    SELECT users.name, people_index.sort_name AS sortName,
      people_index.organization_id IS beneficiaries.organization_id
        AND people_index.trainer_id IS beneficiaries.trainer_id
        AND people_index.status IS beneficiaries.status AS isSame
    FROM beneficiaries
    JOIN users ON users.id = beneficiaries.user_id
    LEFT JOIN people_index ON people_index.beneficiary_id = beneficiaries.id
    WHERE NOT ${isPutAway('beneficiaries')}`)
  let wrong = 0
  for (const { name, sortName, isSame } of people.iterate()) {
    if (!isSame || sortName !== fold(name)) wrong += 1
  }
  return wrong
}
