import type { TableName } from '../../../main/database/registry.ts'
import type { Enrolment } from '../../../main/sync/wire.ts'
import { tableNumbered } from '../schema.ts'
import type { Values } from './machine.ts'

export type Rows = ReadonlyMap<TableName, ReadonlyMap<number, Values>>
export type Whom = Pick<Enrolment, 'scope' | 'trainerId'>

/** Whether a row concerns a device, as docs/sync.md says in words under "Scopes"; `all` is everything that its centre has. */
export function concerns({ scope, trainerId }: Whom, all: Rows, table: TableName, id: number, values: Values): boolean {
  if (logs.has(table)) return false
  if (scope === 'organization') return true
  if (scope === 'kiosk') return ofKiosk.has(table) || (table === 'documents' && isPicture(values))
  if (!hasStanding(all.get('users')?.get(trainerId ?? 0)))
    return table === 'organizations' || (table === 'users' && id === trainerId)
  return table === 'sync_conflicts'
    ? isAboutVisible(all, trainerId ?? 0, values)
    : concernsTrainer(all, trainerId ?? 0, table, id, values)
}

/** What a device never gets to read of a row that concerns it. */
export function hiddenFrom({ scope }: Whom, table: TableName): readonly string[] {
  return scope === 'kiosk' && table === 'beneficiaries' ? ['notes', 'metadata', 'merge_record'] : []
}

const logs: ReadonlySet<TableName> = new Set(['activity_logs', 'error_logs', 'sessions'])

/** People without notes, groups, assessments, papers, questions, ways to sign in, attempts, and what the room is called. */
const ofKiosk: ReadonlySet<TableName> = new Set([
  'organizations',
  'settings',
  'users',
  'beneficiaries',
  'groups',
  'group_members',
  'learner_credentials',
  'assessments',
  'questions',
  'papers',
  'classroom_sessions',
  'attempts',
])

/** Of the organization as a whole. */
const sharedByAll: ReadonlySet<TableName> = new Set([
  'organizations',
  'settings',
  'groups',
  'classroom_sessions',
  'consent_texts',
  'erasure_orders',
])

/** Of a trainer whose account is not there, not active, or a learner's, nothing is on a laptop but the account itself. */
export function hasStanding(account: Values | undefined): boolean {
  return account !== undefined && account['is_active'] === 1 && account['role'] !== 'student'
}

function concernsTrainer(all: Rows, trainer: number, table: TableName, id: number, values: Values): boolean {
  if (sharedByAll.has(table)) return true
  if (table === 'key_corrections') return false
  const parent = (name: TableName, column: string) => {
    const its = all.get(name)?.get(Number(values[column]))
    return its !== undefined && concernsTrainer(all, trainer, name, Number(values[column]), its)
  }
  switch (table) {
    case 'beneficiaries':
      return values['trainer_id'] === trainer
    case 'person_links':
      return parent('beneficiaries', 'beneficiary_id') && parent('beneficiaries', 'other_id')
    case 'saved_views':
      return values['user_id'] === null || values['user_id'] === trainer
    case 'users':
      return values['role'] !== 'student' || isTheirAccount(all, trainer, id)
    case 'profiles':
    case 'notifications':
      return values['user_id'] === trainer || isTheirAccount(all, trainer, values['user_id'])
    case 'consents':
    case 'legal_holds':
    case 'privacy_requests':
      return isTheirAccount(all, trainer, values['person_id'])
    case 'assessments':
      return values['beneficiary_id'] === null || parent('beneficiaries', 'beneficiary_id')
    case 'questions':
    case 'papers':
      return parent('assessments', 'assessment_id')
    case 'marks':
    case 'attempt_incidents':
    case 'attempt_receipts':
      return parent('attempts', 'attempt_id')
    case 'document_shares':
      return parent('documents', 'document_id')
    case 'appointments':
      return values['beneficiary_id'] === null
        ? values['trainer_id'] === trainer
        : parent('beneficiaries', 'beneficiary_id')
    case 'documents':
      return values['beneficiary_id'] === null
        ? values['is_public'] === 1 || values['uploaded_by'] === trainer || isPicture(values)
        : parent('beneficiaries', 'beneficiary_id')
    case 'messages': {
      const parties = [values['sender_id'], values['recipient_id']]
      // With somebody whose account is not theirs to see they have not talked, as far as this laptop goes.
      return parties.includes(trainer) && parties.every((party) => isVisibleAccount(all, trainer, party))
    }
    default:
      return parent('beneficiaries', 'beneficiary_id')
  }
}

/** Of a question; it is about nobody. */
function isPicture(values: Values): boolean {
  return values['category'] === 'question' && values['beneficiary_id'] === null
}

function isVisibleAccount(all: Rows, trainer: number, account: unknown): boolean {
  const its = all.get('users')?.get(Number(account))
  return its === undefined || concernsTrainer(all, trainer, 'users', Number(account), its)
}

function isTheirAccount(all: Rows, trainer: number, account: unknown): boolean {
  return [...(all.get('beneficiaries')?.values() ?? [])].some(
    (file) => file['trainer_id'] === trainer && file['user_id'] === account,
  )
}

/**
 * A question about a row shows both of its values, so it is for whoever sees everything of that learner. About what is no
 * learner's it is asked where all of it is shared.
 */
function isAboutVisible(all: Rows, trainer: number, { table_number: number, row_id: id }: Values): boolean {
  const name = tableNumbered(Number(number))
  const values = all.get(name)?.get(Number(id))
  if (!values) return false
  if (name === 'users') return isTheirAccount(all, trainer, id)
  if (name === 'profiles' || name === 'notifications') return isTheirAccount(all, trainer, values['user_id'])
  const document = name === 'document_shares' ? all.get('documents')?.get(Number(values['document_id'])) : values
  const isPrivate = ['appointments', 'documents', 'document_shares', 'messages'].includes(name)
  if (isPrivate && (document?.['beneficiary_id'] ?? null) === null) return false
  return concernsTrainer(all, trainer, name, Number(id), values)
}

/** Nothing is left of it but that it went, or that somebody was there. */
export function isEmptied(values: Values): boolean {
  return Object.keys(values).length === 0 || isNobody(values)
}

/** An account of somebody who was erased: a number, whatever else it says. */
export function isNobody(values: Values): boolean {
  return /^erased-\d+@no-email\.invalid$/.test(String(values['email']))
}
