import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { additions, localTables, type TableName, tableNames } from '../../main/database/registry.ts'
import { anotherRow, everyRow, somebodyElse } from '../support/rows.ts'
import { dialects, type MigratedDatabases, migratedDatabases } from './databases.ts'
import { seedColumns } from './seed.ts'

let databases: MigratedDatabases
beforeAll(async () => {
  databases = await migratedDatabases()
  for (const dialect of dialects) {
    for (const table of tableNames) await databases[dialect].insert(table, everyRow[table])
    await databases[dialect].insert('beneficiaries', anotherRow('beneficiaries', somebodyElse))
  }
})
afterAll(() => databases[Symbol.asyncDispose]())

/** What happens to a row when the one it refers to is deleted: what belongs goes too, what only mentions stays. */
const onDelete: Record<string, 'CASCADE' | 'SET NULL' | 'RESTRICT'> = {
  'organizations.admin_id → users': 'SET NULL',
  'users.organization_id → organizations': 'RESTRICT',
  'profiles.organization_id → organizations': 'RESTRICT',
  'profiles.user_id → users': 'CASCADE',
  'beneficiaries.organization_id → organizations': 'CASCADE',
  'beneficiaries.user_id → users': 'CASCADE',
  'beneficiaries.trainer_id → users': 'SET NULL',
  'beneficiaries.merged_into → beneficiaries': 'SET NULL',
  'beneficiaries.deleted_by → users': 'SET NULL',
  'assessments.organization_id → organizations': 'RESTRICT',
  'assessments.beneficiary_id → beneficiaries': 'CASCADE',
  'assessments.trainer_id → users': 'SET NULL',
  'questions.organization_id → organizations': 'RESTRICT',
  'questions.assessment_id → assessments': 'CASCADE',
  'papers.organization_id → organizations': 'RESTRICT',
  'papers.assessment_id → assessments': 'CASCADE',
  'attempts.organization_id → organizations': 'RESTRICT',
  'attempts.assessment_id → assessments': 'CASCADE',
  'attempts.beneficiary_id → beneficiaries': 'CASCADE',
  'attempts.paper_id → papers': 'CASCADE',
  'attempts.current_question_id → questions': 'SET NULL',
  'responses.organization_id → organizations': 'RESTRICT',
  'responses.attempt_id → attempts': 'CASCADE',
  'responses.assessment_id → assessments': 'CASCADE',
  'responses.beneficiary_id → beneficiaries': 'CASCADE',
  'responses.question_id → questions': 'SET NULL',
  'assessment_results.organization_id → organizations': 'RESTRICT',
  'assessment_results.attempt_id → attempts': 'CASCADE',
  'assessment_results.assessment_id → assessments': 'CASCADE',
  'assessment_results.beneficiary_id → beneficiaries': 'CASCADE',
  'groups.organization_id → organizations': 'RESTRICT',
  'group_members.organization_id → organizations': 'RESTRICT',
  'group_members.group_id → groups': 'CASCADE',
  'group_members.beneficiary_id → beneficiaries': 'CASCADE',
  'learner_credentials.organization_id → organizations': 'RESTRICT',
  'learner_credentials.beneficiary_id → beneficiaries': 'CASCADE',
  'classroom_sessions.organization_id → organizations': 'RESTRICT',
  'classroom_sessions.user_id → users': 'SET NULL',
  'classroom_sessions.group_id → groups': 'SET NULL',
  'attempt_incidents.organization_id → organizations': 'RESTRICT',
  'attempt_incidents.attempt_id → attempts': 'CASCADE',
  'attempt_incidents.user_id → users': 'SET NULL',
  'attempt_receipts.organization_id → organizations': 'RESTRICT',
  'attempt_receipts.attempt_id → attempts': 'CASCADE',
  'marks.organization_id → organizations': 'RESTRICT',
  'marks.attempt_id → attempts': 'CASCADE',
  'marks.response_id → responses': 'CASCADE',
  'marks.user_id → users': 'SET NULL',
  'key_corrections.organization_id → organizations': 'RESTRICT',
  'key_corrections.assessment_id → assessments': 'CASCADE',
  'key_corrections.question_id → questions': 'SET NULL',
  'key_corrections.paper_before → papers': 'SET NULL',
  'key_corrections.paper_after → papers': 'SET NULL',
  'key_corrections.user_id → users': 'SET NULL',
  'assessments.group_id → groups': 'SET NULL',
  'questions.origin_id → questions': 'SET NULL',
  'attempts.classroom_session_id → classroom_sessions': 'SET NULL',
  'assessment_results.overridden_by → users': 'SET NULL',
  'sessions.classroom_session_id → classroom_sessions': 'CASCADE',
  'sessions.entered_organization_id → organizations': 'CASCADE',
  'appointments.organization_id → organizations': 'RESTRICT',
  'appointments.beneficiary_id → beneficiaries': 'CASCADE',
  'appointments.trainer_id → users': 'SET NULL',
  'appointments.group_id → groups': 'SET NULL',
  'appointments.series_id → appointments': 'CASCADE',
  'attendance.organization_id → organizations': 'RESTRICT',
  'attendance.beneficiary_id → beneficiaries': 'CASCADE',
  'attendance.noted_by → users': 'SET NULL',
  'documents.organization_id → organizations': 'RESTRICT',
  'documents.uploaded_by → users': 'SET NULL',
  'documents.beneficiary_id → beneficiaries': 'CASCADE',
  'documents.version_of → documents': 'CASCADE',
  'document_shares.organization_id → organizations': 'RESTRICT',
  'document_shares.document_id → documents': 'CASCADE',
  'document_shares.shared_with → users': 'CASCADE',
  'document_shares.shared_by → users': 'SET NULL',
  'messages.organization_id → organizations': 'RESTRICT',
  'messages.sender_id → users': 'SET NULL',
  'messages.recipient_id → users': 'SET NULL',
  'messages.parent_id → messages': 'SET NULL',
  'notifications.organization_id → organizations': 'RESTRICT',
  'notifications.user_id → users': 'CASCADE',
  'activity_logs.organization_id → organizations': 'RESTRICT',
  'activity_logs.user_id → users': 'SET NULL',
  'settings.organization_id → organizations': 'RESTRICT',
  'sessions.user_id → users': 'CASCADE',
  'sessions.beneficiary_id → beneficiaries': 'SET NULL',
  'error_logs.organization_id → organizations': 'RESTRICT',
  'error_logs.user_id → users': 'SET NULL',
  'erasure_orders.organization_id → organizations': 'RESTRICT',
  'consent_texts.organization_id → organizations': 'RESTRICT',
  'consent_texts.written_by → users': 'SET NULL',
  'consents.organization_id → organizations': 'RESTRICT',
  'consents.person_id → users': 'CASCADE',
  'consents.consent_text_id → consent_texts': 'CASCADE',
  'consents.recorded_by → users': 'SET NULL',
  'legal_holds.organization_id → organizations': 'RESTRICT',
  'legal_holds.person_id → users': 'CASCADE',
  'legal_holds.placed_by → users': 'SET NULL',
  'legal_holds.lifted_by → users': 'SET NULL',
  'handovers.organization_id → organizations': 'RESTRICT',
  'handovers.beneficiary_id → beneficiaries': 'CASCADE',
  'handovers.from_trainer_id → users': 'SET NULL',
  'handovers.to_trainer_id → users': 'SET NULL',
  'handovers.offered_by → users': 'SET NULL',
  'goals.organization_id → organizations': 'RESTRICT',
  'goals.beneficiary_id → beneficiaries': 'CASCADE',
  'goals.assessment_id → assessments': 'SET NULL',
  'goals.written_by → users': 'SET NULL',
  'person_links.organization_id → organizations': 'RESTRICT',
  'person_links.beneficiary_id → beneficiaries': 'CASCADE',
  'person_links.other_id → beneficiaries': 'CASCADE',
  'person_links.written_by → users': 'SET NULL',
  'saved_views.organization_id → organizations': 'RESTRICT',
  'saved_views.user_id → users': 'CASCADE',
  'privacy_requests.organization_id → organizations': 'RESTRICT',
  'privacy_requests.person_id → users': 'CASCADE',
  'privacy_requests.recorded_by → users': 'SET NULL',
  'privacy_requests.done_by → users': 'SET NULL',
  'sync_conflicts.organization_id → organizations': 'RESTRICT',
}

const keys = Object.entries(onDelete).map(([key, action]) => {
  const [place = '', parent = ''] = key.split(' → ')
  const [child = '', column = ''] = place.split('.')
  return { key, child: child as TableName, column, parent: parent as TableName, action }
})

it('follow the seed: what it refers with is deleted with its parent or forgets it', () => {
  const ofSeed = seedColumns.filter(({ references }) => references)
  for (const { table, name, references } of ofSeed) {
    expect(['CASCADE', 'SET NULL']).toContain(onDelete[`${table}.${name} → ${references}`])
  }
  const restricted = keys.filter(({ action }) => action === 'RESTRICT').map(({ column }) => `*.${column}`)
  expect(Object.keys(additions)).toEqual(expect.arrayContaining(restricted))
})

describe.each(dialects)('the foreign keys in %s', (dialect) => {
  it('are these and no others', () => {
    const found = databases[dialect].schema.keys
      .filter(({ table }) => !(table in localTables))
      .map(({ table, column, references, onDelete }) => [`${table}.${column} → ${references}`, onDelete])
    expect(Object.fromEntries(found)).toEqual(onDelete)
  })

  it.each(keys)('refuse a row that refers to nothing: $key', async ({ child, column }) => {
    const { insert, trial } = databases[dialect]
    const insertOrphan = () => trial(() => insert(child, anotherRow(child, 3, { [column]: 999 })))
    await expect(insertOrphan()).rejects.toThrow(/foreign key/i)
  })

  it.each(keys.filter(({ action }) => action !== 'RESTRICT'))(
    'do $action when the parent is deleted: $key',
    async ({ child, column, parent, action }) => {
      const { insert, all, trial } = databases[dialect]
      const left = await trial(async () => {
        await insert(parent, anotherRow(parent, 2))
        await insert(child, anotherRow(child, 3, { [column]: 2 }))
        await all(`DELETE FROM ${parent} WHERE id = 2`)
        return all(`SELECT ${column} AS parent FROM ${child} WHERE id = 3`)
      })
      expect(left).toEqual(action === 'CASCADE' ? [] : [{ parent: null }])
    },
  )

  it.each(keys.filter(({ action }) => action === 'RESTRICT'))(
    'refuse to delete an organization that still has rows: $key',
    async ({ child, column }) => {
      const { insert, all, trial } = databases[dialect]
      const deleteInUse = () =>
        trial(async () => {
          await insert('organizations', anotherRow('organizations', 2))
          await insert(child, anotherRow(child, 3, { [column]: 2 }))
          await all('DELETE FROM organizations WHERE id = 2')
        })
      await expect(deleteInUse()).rejects.toThrow(/foreign key/i)
    },
  )
})
