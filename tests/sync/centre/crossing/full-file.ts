import { expect } from 'vitest'
import type { TableName } from '../../../../main/database/registry.ts'
import { noise } from '../../../support/documents.ts'
import { everyRow, type Row } from '../../../support/rows.ts'
import { addDocument, carry } from '../../device/contents.ts'
import { type Device, insertPerson } from '../../device/device.ts'

/** A row of every column, with no reference but those that are given. */
export const sample = (table: TableName, values: Row): Row => ({
  ...Object.fromEntries(
    Object.entries(everyRow[table])
      .filter(([column]) => column !== 'id' && column !== 'organization_id')
      .map(([column, value]) => [column, /_id$|_by$|^shared_with$/.test(column) ? null : value]),
  ),
  ...values,
})

/** An assessment with an answer and a result of this person. */
export async function assessed(desk: Device, id: number, values: Row) {
  const assessment = await desk.insert('assessments', sample('assessments', { ...values, group_id: null }))
  const question = await desk.insert('questions', sample('questions', { assessment_id: assessment }))
  const paper = await desk.insert('papers', sample('papers', { assessment_id: assessment }))
  const of = { assessment_id: assessment, beneficiary_id: id }
  const attempt = await desk.insert('attempts', sample('attempts', { ...of, paper_id: paper, state: 'graded' }))
  await desk.insert('responses', sample('responses', { ...of, attempt_id: attempt, question_id: question }))
  await desk.insert('assessment_results', sample('assessment_results', { ...of, attempt_id: attempt }))
  return { assessment, attempt, question }
}

/** A file with something in every part of it. */
export async function fullFile(desk: Device, { id, userId, trainer }: { id: number; userId: number; trainer: number }) {
  const own = await assessed(desk, id, { beneficiary_id: id, trainer_id: trainer })
  const picture = await addDocument(desk, noise(3_000, 7), { category: 'question', uploaded_by: trainer })
  const shown = JSON.stringify({ picture: { image: picture.path.split(':')[1], alt: 'a map' } })
  await desk.update('questions', own.question, { metadata: shown })
  const shared = await assessed(desk, id, { trainer_id: trainer })
  const group = await desk.insert('groups', { name: 'Readers' })
  const other = await insertPerson(desk, 'Omar')
  const text = await desk.insert('consent_texts', sample('consent_texts', {}))
  await desk.insert('profiles', sample('profiles', { user_id: userId }))
  await desk.insert('learner_credentials', sample('learner_credentials', { beneficiary_id: id }))
  const goal = await desk.insert(
    'goals',
    sample('goals', {
      beneficiary_id: id,
      assessment_id: shared.assessment,
      written_by: trainer,
      title: 'Reads a map',
    }),
  )
  const appointment = await desk.insert(
    'appointments',
    sample('appointments', { beneficiary_id: id, trainer_id: trainer, group_id: group }),
  )
  await desk.insert('attendance', sample('attendance', { beneficiary_id: id, appointment_id: appointment }))
  const document = await addDocument(desk, noise(4_300_000), { beneficiary_id: id, uploaded_by: trainer })
  await desk.insert('group_members', { group_id: group, beneficiary_id: id })
  await desk.insert('consents', { person_id: userId, consent_text_id: text, kind: 'given', recorded_by: trainer })
  // It stands under the other one, and cannot be without this one.
  await desk.insert('person_links', { beneficiary_id: other.id, other_id: id, kind: 'parent' })
  const message = await desk.insert('messages', sample('messages', { sender_id: trainer, recipient_id: userId }))
  return { own, picture, shared, goal, appointment, document, message, other }
}

/** Its bytes to the centre, and those of others here. */
export async function carryAll(device: Device) {
  const { contents } = device.transport
  if (contents) expect(await carry(device, contents)).toBe('done')
}
