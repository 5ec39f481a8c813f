import { expect, it } from 'vitest'
import { type Destination, moveToOrganization, previewCrossing } from '../../../../main/centre/move-organization.ts'
import { noise } from '../../../support/documents.ts'
import { addDocument, contentAt } from '../../device/contents.ts'
import { agree, insertPerson } from '../../device/device.ts'
import { assessed, carryAll } from './full-file.ts'
import { type Stage, twoOffices } from './offices.ts'

/** Who cannot go, and what is to be put right first. */
export function refused(stage: Stage) {
  it('refuses whoever cannot go, and what is to be put right first', async () => {
    const { from, to, id, userId, there } = await twoOffices(stage)
    const staff = await from.desk.insert('beneficiaries', { user_id: from.trainer, notes: null })
    const document = await addDocument(from.desk, noise(2_000), { beneficiary_id: id })
    await agree(from.desk)
    const refused = async (message: string, to: Destination = there, person = id) => {
      await expect(previewCrossing(stage.centre.operator, person, to)).rejects.toThrow(message)
      await expect(moveToOrganization(stage.centre.operator, person, to)).rejects.toThrow('look again')
    }
    await refused('no such person', there, id + 1_000_000)
    await refused('no such organization', { ...there, organizationId: 4_000_000_000 })
    await refused('belongs to this organization already', { organizationId: from.organizationId, trainer: null })
    await refused('no trainer with this address', { ...there, trainer: from.email })
    await refused('works here', there, staff)
    await refused('has not reached the centre')
    await carryAll(from.desk)
    await stage.centre.operator.query('SELECT sync.set_room($1, 1000)', [to.organizationId])
    await refused('do not fit')
    await stage.centre.operator.query('SELECT sync.set_room($1, 2000)', [to.organizationId])

    const hold = { person_id: userId, reason: 'court', placed_at: '2026-04-01T09:00:00.000Z' }
    const held = await from.desk.insert('legal_holds', hold)
    await agree(from.desk)
    await refused('legal hold')
    await from.desk.update('legal_holds', held, { lifted_at: '2026-04-02T09:00:00.000Z' })
    const request = await from.desk.insert('privacy_requests', {
      person_id: userId,
      kind: 'access',
      received_on: '2026-04-01',
      due_on: '2026-05-01',
    })
    await agree(from.desk)
    await refused('request of this person')
    await from.desk.update('privacy_requests', request, { done_at: '2026-04-02T09:00:00.000Z', outcome: 'done' })
    const away = await insertPerson(from.desk, 'Lina too')
    const put = { merged_into: id, merged_at: '2026-04-01T09:00:00.000Z' }
    await from.desk.update('beneficiaries', away.id, { ...put, merge_record: '{"moved":{}}' })
    await agree(from.desk)
    await refused('can still be taken out')
    await refused('no such person', there, away.id)
    await from.desk.update('beneficiaries', away.id, { merge_record: null })
    await agree(from.desk, from.laptop)
    await from.laptop.update('beneficiaries', id, { notes: 'by the laptop' })
    await from.desk.update('beneficiaries', id, { notes: 'by the desk' })
    await agree(from.desk, from.laptop, from.desk)
    await refused('conflict desk')
    const [question] = from.desk.all('sync_conflicts')
    await from.desk.update('sync_conflicts', Number(question?.['id']), {
      decision: 'kept',
      decided_by: from.trainer,
      decided_at: '2026-04-02T09:00:00.000Z',
    })
    const { attempt } = await assessed(from.desk, id, {})
    await from.desk.update('attempts', attempt, { state: 'running', started_at: new Date().toISOString() })
    await agree(from.desk)
    await refused('begun an assessment')
    await from.desk.update('attempts', attempt, { started_at: new Date(Date.now() - 86_400_000).toISOString() })
    const { email } = from.desk.row('users', userId) ?? {}
    const twin = await to.desk.insert('users', { email: String(email), password_hash: '!', name: 'L', role: 'student' })
    await agree(from.desk, to.desk)
    await refused('same e-mail address')
    await to.desk.update('users', twin, { email: `other-${String(email)}` })
    await agree(to.desk)

    // With nobody to take them over yet; the empty file that points at theirs comes too, and old decisions say nothing.
    const nobody = { ...there, trainer: null }
    await moveToOrganization(stage.centre.operator, id, nobody)
    await agree(from.desk, to.desk)
    expect(to.desk.row('beneficiaries', id)).toMatchObject({ trainer_id: null })
    expect(to.desk.row('beneficiaries', away.id)).toMatchObject({ merged_into: id })
    expect(to.desk.all('handovers')).toEqual([])
    expect(from.desk.all('sync_conflicts')).toMatchObject([{ kept_values: null, lost_values: null, decision: 'kept' }])
    expect(from.desk.all('legal_holds')).toEqual([])
    await refused('belongs to this organization already', nobody)
    await carryAll(to.desk)
    expect(contentAt(to.desk, document.path)).toEqual(noise(2_000))
  })
}
