import { expect } from 'vitest'
import { registry, tableNames } from '../../../../main/database/registry.ts'
import type { TestCentre, TestDevice } from '../centre.ts'

export const tables = { groups: registry.groups.number, beneficiaries: registry.beneficiaries.number }
export const nameOf = (number: number) => tableNames.find((name) => registry[name].number === number)
export const kinds = (rows: readonly { table: number }[]) => [...new Set(rows.map(({ table }) => nameOf(table)))].sort()

/** Two devices of one organization. */
export async function twoDevicesOf(centre: TestCentre) {
  const organization = await centre.organization()
  return { organization, a: await centre.device(organization), b: await centre.device(organization) }
}

/** Two trainers with one learner each, and a row of nearly every table about each of them. */
export async function classOf(a: TestDevice) {
  const rows = [
    a.row('users', 1, { email: 't1@centre.example', role: 'trainer' }),
    a.row('users', 2, { email: 't2@centre.example', role: 'trainer' }),
    ...[1, 2].flatMap((one) => [
      a.row('users', 10 + one, { email: `learner${one}@centre.example`, role: 'student' }),
      a.row('profiles', one, { user_id: a.id(10 + one) }),
      a.row('beneficiaries', one, { user_id: a.id(10 + one), trainer_id: a.id(one), notes: `notes of ${one}` }),
      a.row('assessments', one, { beneficiary_id: a.id(one) }),
      a.row('papers', one, { assessment_id: a.id(one) }),
      a.row('questions', one, { assessment_id: a.id(one) }),
      a.row('attempts', one, { assessment_id: a.id(one), beneficiary_id: a.id(one), paper_id: a.id(one) }),
      a.row('responses', one, { attempt_id: a.id(one), beneficiary_id: a.id(one), question_id: a.id(one) }),
      a.row('attempt_incidents', one, { attempt_id: a.id(one) }),
      a.row('marks', one, { attempt_id: a.id(one), response_id: a.id(one) }),
      a.row('appointments', one, { beneficiary_id: a.id(one) }),
      a.row('documents', one, { beneficiary_id: a.id(one) }),
      a.row('document_shares', one, { document_id: a.id(one) }),
      a.row('messages', one, { sender_id: a.id(one), recipient_id: a.id(10 + one) }),
      a.row('notifications', one, { user_id: a.id(10 + one) }),
      a.row('activity_logs', one, { user_id: a.id(one) }),
      a.row('learner_credentials', one, { beneficiary_id: a.id(one) }),
    ]),
    a.row('assessments', 3, {}),
    a.row('settings', 1),
    a.row('groups', 1),
  ]
  expect(await a.push(rows)).toMatchObject({ status: 'ok', refused: [] })
}
