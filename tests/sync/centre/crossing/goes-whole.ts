import { expect, it } from 'vitest'
import { moveToOrganization, previewCrossing } from '../../../../main/centre/move-organization.ts'
import { registry } from '../../../../main/database/registry.ts'
import { noise } from '../../../support/documents.ts'
import { contentAt } from '../../device/contents.ts'
import { agree } from '../../device/device.ts'
import { realDevice } from '../real-device.ts'
import { carryAll, fullFile } from './full-file.ts'
import { type Stage, twoOffices } from './offices.ts'
import { digest, fileOf, strayReferences, traces, whereIs } from './traces.ts'

/** What goes along, and what is left where somebody was. */
export function goesWhole(stage: Stage) {
  it('takes a person whole to another organization, from every device of the one and onto those of the other', async () => {
    const { from, to, id, userId, there } = await twoOffices(stage)
    const file = await fullFile(from.desk, { id, userId, trainer: from.trainer })
    const gone = await from.desk.insert('goals', { beneficiary_id: id, title: 'Learns to swim' })
    await agree(from.desk, from.laptop)
    await from.desk.remove('goals', gone)
    await agree(from.desk, from.laptop)
    await carryAll(from.desk)
    expect(from.laptop.row('goals', file.goal)).toBeDefined()
    const before = await fileOf(stage.centre, userId)
    const goes = {
      users: 1,
      beneficiaries: 1,
      profiles: 1,
      goals: 1,
      documents: 1,
      appointments: 1,
      attendance: 1,
      questions: 1,
      learner_credentials: 1,
      assessments: 1,
      papers: 1,
      attempts: 1,
      responses: 1,
      assessment_results: 1,
    }
    const stays = { attempts: 1, responses: 1, assessment_results: 1, group_members: 1, consents: 1, person_links: 1 }
    expect(await previewCrossing(stage.centre.operator, id, there)).toEqual({
      person: 'Lina',
      from: 'South',
      to: 'North',
      trainer: 'Trainer of North',
      goes,
      stays,
      results: ['Numeracy, entry level'],
      leaves: [expect.any(String), expect.any(String)],
      comes: [expect.any(String), expect.any(String)],
    })
    await moveToOrganization(stage.centre.operator, id, there)

    const after = await fileOf(stage.centre, userId)
    expect(after.size).toBe(Object.keys(goes).length)
    expect(digest(after, after.keys())).toBe(digest(before, after.keys()))
    expect(await whereIs(stage.centre, userId, id)).toEqual([to.organizationId])
    const { rows: words } = await stage.centre.operator.query(
      "SELECT id FROM sync.row WHERE organization_id = $1 AND state::text ~ 'Lina|swim|map' AND table_number <> $2",
      [from.organizationId, registry.activity_logs.number],
    )
    expect(words).toEqual([])
    expect(await strayReferences(stage.centre)).toEqual([])
    await agree(from.desk, from.laptop, to.desk, to.laptop)
    for (const device of [to.desk, to.laptop]) {
      expect(device.row('users', userId)).toMatchObject({ name: 'Lina', organization_id: to.organizationId })
      expect(device.row('beneficiaries', id)).toMatchObject({ trainer_id: to.trainer, notes: 'first' })
      expect(device.row('goals', file.goal)).toMatchObject({
        title: 'Reads a map',
        assessment_id: null,
        written_by: null,
      })
      expect(device.row('appointments', file.appointment)).toMatchObject({ trainer_id: null, group_id: null })
      expect(device.row('assessments', file.own.assessment)).toMatchObject({ trainer_id: to.trainer })
      expect(device.all('attempts')).toMatchObject([{ id: file.own.attempt, assessment_id: file.own.assessment }])
      expect(device.all('assessment_results')).toMatchObject([{ attempt_id: file.own.attempt, score: 4 / 3 }])
      expect(device.all('handovers')).toMatchObject([
        { from_trainer_id: null, to_trainer_id: to.trainer, status: 'moved' },
      ])
      expect([...device.all('consents'), ...device.all('messages'), ...device.all('person_links')]).toEqual([])
      expect(device.one('SELECT count(*) FROM people_index WHERE beneficiary_id = ?', id)).toBe(1)
      expect(device.one('SELECT count(*) FROM sync_parked')).toBe(0)
    }
    await carryAll(to.desk)
    expect(contentAt(to.desk, file.document.path)).toEqual(noise(4_300_000))
    // The picture of a question is everybody's, there as here.
    expect(contentAt(to.desk, file.picture.path)).toEqual(noise(3_000, 7))
    expect(to.laptop.all('documents')).toMatchObject([
      { category: 'question', uploaded_by: null },
      { beneficiary_id: id },
    ])
    expect(from.desk.all('documents')).toMatchObject([{ id: file.picture.id, uploaded_by: from.trainer }])

    for (const device of [from.desk, from.laptop])
      expect(traces(device, { beneficiaries: id, users: userId })).toEqual([])
    expect(from.desk.row('messages', file.message)).toMatchObject({ sender_id: from.trainer, recipient_id: null })
    expect(from.desk.row('assessments', file.shared.assessment)).toBeDefined()
    expect(from.desk.all('beneficiaries')).toMatchObject([{ id: file.other.id }])
    const joined = await realDevice(stage, from.organizationId, null)
    await agree(joined)
    expect(traces(joined, { beneficiaries: id, users: userId })).toEqual([])
    expect(joined.one('SELECT count(*) FROM sync_parked')).toBe(0)
  })
}
