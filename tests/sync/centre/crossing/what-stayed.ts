import { expect, it } from 'vitest'
import { crossBack, moveToOrganization } from '../../../../main/centre/move-organization.ts'
import { tidy } from '../../../../main/centre/tidy.ts'
import { agree, type Device } from '../../device/device.ts'
import { carryAll, fullFile, sample } from './full-file.ts'
import { type Stage, twoOffices } from './offices.ts'
import { strayReferences, traces, whereIs } from './traces.ts'

/** What stayed of somebody, when they come back or are erased where they are. */
export function whatStayed(stage: Stage) {
  it('brings a person back with what was written of them since, and with everything that had stayed', async () => {
    const { from, to, id, userId, there } = await twoOffices(stage)
    await fullFile(from.desk, { id, userId, trainer: from.trainer })
    await agree(from.desk, from.laptop)
    await carryAll(from.desk)
    const all = (device: Device) =>
      device.replica.schema.tables
        .filter(({ name, sync }) => sync !== 'push' && name !== 'sync_conflicts')
        .map(({ name }) => [name, device.all(name)])
    const before = [all(from.desk), all(from.laptop)]
    const move = await moveToOrganization(stage.centre.operator, id, there)
    await agree(from.desk, to.desk, to.laptop)
    await to.laptop.update('beneficiaries', id, { notes: 'since' })
    const group = await to.desk.insert('groups', { name: 'Theirs' })
    await to.desk.insert('group_members', { beneficiary_id: id, group_id: group })
    await agree(to.laptop, to.desk)

    expect(await crossBack(stage.centre.operator, move + 1_000_000)).toBe(false)
    const hold = await to.desk.insert('legal_holds', {
      person_id: userId,
      reason: 'court',
      placed_at: '2026-04-01T09:00:00.000Z',
    })
    await agree(to.desk)
    await expect(crossBack(stage.centre.operator, move)).rejects.toThrow('legal hold')
    await to.desk.remove('legal_holds', hold)
    await agree(to.desk)
    expect(await crossBack(stage.centre.operator, move)).toBe(true)
    await expect(crossBack(stage.centre.operator, move)).rejects.toThrow('cannot be undone')
    // The laptop hears of neither: it had them all the while. The desk gives everything back that it let go of.
    await agree(from.desk, from.laptop, to.desk, to.laptop)
    expect(await whereIs(stage.centre, userId, id)).toEqual([from.organizationId])
    for (const device of [from.desk, from.laptop]) {
      expect(device.row('beneficiaries', id)).toMatchObject({ notes: 'since', trainer_id: from.trainer })
      await device.update('beneficiaries', id, { notes: 'first' })
    }
    expect([all(from.desk), all(from.laptop)]).toEqual(before)
    for (const device of [to.desk, to.laptop]) expect(traces(device, { beneficiaries: id, users: userId })).toEqual([])
    expect(await strayReferences(stage.centre)).toEqual([])
    // They can be written to again.
    const message = await from.laptop.insert(
      'messages',
      sample('messages', { sender_id: from.trainer, recipient_id: userId }),
    )
    await agree(from.laptop, from.desk)
    expect(from.desk.row('messages', message)).toMatchObject({ recipient_id: userId })

    // Whoever goes and has gone on is not taken back.
    const first = await moveToOrganization(stage.centre.operator, id, there)
    await moveToOrganization(stage.centre.operator, id, { organizationId: from.organizationId, trainer: from.email })
    await expect(crossBack(stage.centre.operator, first)).rejects.toThrow('cannot be undone')
    await moveToOrganization(stage.centre.operator, id, there)
    await expect(crossBack(stage.centre.operator, first)).rejects.toThrow('cannot be undone')
    await agree(to.desk)
    expect(to.desk.all('group_members')).toMatchObject([{ beneficiary_id: id }])
  })

  it('lets what had stayed of somebody go where they are erased after, and the text of what was not taken', async () => {
    const { from, to, id, userId, there } = await twoOffices(stage)
    await fullFile(from.desk, { id, userId, trainer: from.trainer })
    await agree(from.desk)
    await carryAll(from.desk)
    await moveToOrganization(stage.centre.operator, id, there)
    await from.desk.update('beneficiaries', id, { notes: 'too late' })
    await from.desk.insert('goals', { beneficiary_id: id, title: 'too late' })
    await agree(from.desk, to.desk)
    const left = async () => {
      const { rows } = await stage.centre.operator.query<{ stayed: number; refused: string }>(
        `SELECT (SELECT count(*)::integer FROM sync.stayed WHERE organization_id = $1) AS stayed,
          (SELECT string_agg(row, '') FROM sync.refused WHERE organization_id = $1) AS refused`,
        [from.organizationId],
      )
      return rows[0]
    }
    await tidy(stage.centre.operator, 0)
    expect(await left()).toEqual({ stayed: 6, refused: expect.stringMatching(/too late.*too late/) })
    await to.desk.insert('erasure_orders', {
      person_id: userId,
      scope: 'person',
      erased_at: '2026-04-02T09:00:00.000Z',
    })
    await agree(to.desk)
    await tidy(stage.centre.operator, 0)
    expect(await left()).toEqual({ stayed: 0, refused: '' })
  })
}
