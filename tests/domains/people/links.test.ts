import { describe, expect, it } from 'vitest'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import { secondCentre, testCentre, testTrainer } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'

async function family(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const add = async (client: Client, name: string, more = {}) =>
    (await client.beneficiaries.create({ name, ...more })).id
  return { admin, tom, mother: await add(tom, 'Mariam'), child: await add(tom, 'Karim'), add }
}

const rolesIn = async (client: Client, beneficiaryId: number) =>
  (await client.links.list({ beneficiaryId })).map(({ role, person }) => `${role} ${person.name}`)

const merge = async (client: Client, kept: number, merged: number) => {
  const [one, other] = [await client.beneficiaries.get({ id: kept }), await client.beneficiaries.get({ id: merged })]
  await client.merges.merge({ kept: one, merged: other })
}

describe('a link between two people', () => {
  it('is refused with oneself, twice, without words where it needs them, and with somebody out of reach', async () => {
    await using app = await testApp()
    const { admin, tom, mother, child, add } = await family(app)
    const stranger = await add(admin, 'Stranger')
    const link = { beneficiaryId: mother, otherId: child } as const
    expect(await refusalKey(tom.links.create({ ...link, otherId: mother, role: 'sibling' }))).toBe('link.same')
    expect(await refusalKey(tom.links.create({ ...link, otherId: stranger, role: 'sibling' }))).toBe(
      'beneficiary.notFound',
    )
    await expect(tom.links.create({ ...link, role: 'other', note: ' ' })).rejects.toThrow()
    await tom.links.create({ ...link, role: 'child' })
    expect(await refusalKey(tom.links.create({ ...link, role: 'child' }))).toBe('link.exists')
    const reverse = { beneficiaryId: child, otherId: mother } as const
    expect(await refusalKey(tom.links.create({ ...reverse, role: 'parent' }))).toBe('link.exists')
    expect(await refusalKey(tom.links.create({ ...reverse, role: 'child' }))).toBe('link.exists')
    const { admin: bea } = await secondCentre(app)
    expect(await refusalKey(bea.links.list({ beneficiaryId: mother }))).toBe('beneficiary.notFound')
  })

  it('stands in both files as one row, and is gone from both when it is removed', async () => {
    await using app = await testApp()
    const { tom, mother, child } = await family(app)
    const { id } = await tom.links.create({ beneficiaryId: child, otherId: mother, role: 'parent' })
    await tom.links.create({ beneficiaryId: child, otherId: mother, role: 'other', note: 'Shares a phone' })
    expect(await rolesIn(tom, child)).toEqual(['other Mariam', 'parent Mariam'])
    expect(await rolesIn(tom, mother)).toEqual(['other Karim', 'child Karim'])
    expect(await tom.links.list({ beneficiaryId: mother })).toMatchObject([{ note: 'Shares a phone' }, { note: '' }])
    await tom.links.remove({ id })
    expect(await refusalKey(tom.links.remove({ id }))).toBe('link.notFound')
    expect([...(await rolesIn(tom, child)), ...(await rolesIn(tom, mother))]).toEqual(['other Mariam', 'other Karim'])
  })

  it('is not there at all for whoever may open one of the two alone', async () => {
    await using app = await testApp()
    const { admin, tom, mother, child } = await family(app)
    const tina = await testTrainer(app, admin, 'Tina Teacher')
    const { id } = await tom.links.create({ beneficiaryId: mother, otherId: child, role: 'child' })
    await tom.links.setApart({ beneficiaryId: mother, otherId: child })
    const tinaId = (await admin.beneficiaries.trainers()).find(({ name }) => name === 'Tina Teacher')?.id ?? null
    const file = await admin.beneficiaries.get({ id: child })
    await admin.beneficiaries.update({ ...file, trainerId: tinaId })
    for (const [trainer, own] of [
      [tom, mother],
      [tina, child],
    ] as const) {
      expect(await trainer.links.list({ beneficiaryId: own })).toEqual([])
      expect(await trainer.links.apart()).toEqual([])
      expect(await refusalKey(trainer.links.remove({ id }))).toBe('link.notFound')
    }
    expect(await rolesIn(admin, mother)).toEqual(['child Karim'])
  })

  it('goes to the file that stays when two become one, doubles joined, and comes back when they are two again', async () => {
    await using app = await testApp()
    const { tom, mother, child, add } = await family(app)
    const [twin, brother] = [await add(tom, 'Karim B.'), await add(tom, 'Sami')]
    await tom.links.create({ beneficiaryId: child, otherId: mother, role: 'parent' })
    await tom.links.create({ beneficiaryId: twin, otherId: mother, role: 'parent' })
    await tom.links.create({ beneficiaryId: twin, otherId: brother, role: 'sibling' })
    await tom.links.create({ beneficiaryId: twin, otherId: child, role: 'other', note: 'Twice?' })
    expect((await tom.merges.preview({ keptId: child, mergedId: twin })).moves).toEqual([{ kind: 'links', count: 3 }])

    await merge(tom, child, twin)
    expect(await rolesIn(tom, child)).toEqual(['parent Mariam', 'sibling Sami'])
    expect(await rolesIn(tom, mother)).toEqual(['child Karim'])
    expect(await rolesIn(tom, brother)).toEqual(['sibling Karim'])
    expect(await tom.merges.list()).toMatchObject([{ late: 0 }])

    await tom.merges.undo({ id: twin })
    expect(await rolesIn(tom, twin)).toEqual(['other Karim', 'parent Mariam', 'sibling Sami'])
    expect(await rolesIn(tom, child)).toEqual(['other Karim B.', 'parent Mariam'])
    expect(await tom.links.list({ beneficiaryId: twin })).toMatchObject([{ note: 'Twice?' }, {}, {}])
  })

  it('goes with either of the two who is erased', async () => {
    await using app = await testApp()
    const { admin, tom, mother, child, add } = await family(app)
    const brother = await add(tom, 'Sami')
    await tom.links.create({ beneficiaryId: child, otherId: mother, role: 'other', note: 'Mariam is the aunt' })
    await tom.links.create({ beneficiaryId: child, otherId: brother, role: 'sibling' })
    await admin.privacy.erase({ person: { beneficiaryId: mother }, name: 'Mariam' })
    expect(await rolesIn(tom, child)).toEqual(['sibling Sami'])
    await admin.privacy.erase({ person: { beneficiaryId: child }, name: 'Karim' })
    const left = await app.withDatabase(async (db) => [
      await db.selectFrom('person_links').selectAll().execute(),
      (await db.selectFrom('activity_logs').select('details').execute()).filter(({ details }) =>
        JSON.stringify(details).includes('aunt'),
      ),
    ])
    expect(left).toEqual([[], []])
  })
})

describe('two files that are not one person', () => {
  const twins = { phone: '+221 77 123 45 67', dateOfBirth: '2001-02-03' }
  const pairsIn = async (client: Client) => (await client.merges.likely()).pairs.length

  it('are left alone by the radar and in their files until one of them changes, and are shown again on demand', async () => {
    await using app = await testApp()
    const { admin, tom, add } = await family(app)
    const [one, other] = [await add(tom, 'Hassan Diop', twins), await add(tom, 'Hasan Diop', twins)]
    const alike = () => tom.beneficiaries.alike({ name: 'Hassan Diop', ...twins, exceptId: one })
    expect(await pairsIn(tom)).toBe(1)
    expect(await alike()).toMatchObject([{ id: other }])
    expect(await refusalKey(tom.links.setApart({ beneficiaryId: one, otherId: one }))).toBe('link.same')
    const { id } = await tom.links.setApart({ beneficiaryId: other, otherId: one })
    expect([await pairsIn(tom), await pairsIn(admin), (await alike()).length]).toEqual([0, 0, 0])
    expect(await tom.links.list({ beneficiaryId: one })).toEqual([])
    expect(await tom.links.apart()).toMatchObject([{ id, first: { id: one }, second: { id: other } }])
    await app.restart()
    expect(await pairsIn(tom)).toBe(0)

    const file = await tom.beneficiaries.get({ id: other })
    const { updatedAt } = await tom.beneficiaries.update({ ...file, city: 'Thiès' })
    expect(await pairsIn(tom)).toBe(0)
    await tom.beneficiaries.update({ ...file, updatedAt, phone: '77 123 45 67' })
    expect(await pairsIn(tom)).toBe(1)
    expect(await tom.links.apart()).toEqual([])

    // Said anew, of the two as they are now: it is the same row.
    expect(await tom.links.setApart({ beneficiaryId: one, otherId: other })).toEqual({ id })
    expect(await pairsIn(tom)).toBe(0)
    await tom.links.remove({ id })
    expect(await pairsIn(tom)).toBe(1)
  })
})

describe('attendance of two files at one appointment', () => {
  it('is joined by the stronger note, which the preview says, and parted again', async () => {
    await using app = await testApp()
    const { admin, add } = await family(app)
    const [one, other] = [await add(admin, 'Hassan Diop'), await add(admin, 'Hasan Diop')]
    const { id: group } = await admin.groups.create({ name: 'Mornings' })
    await admin.groups.addMembers({ id: group, beneficiaryIds: [one, other] })
    const held = async (kept: 'late' | 'absent', merged: 'present' | 'excused', day: string) => {
      const { id } = await admin.appointments.create({
        title: `Lesson ${day}`,
        groupId: group,
        startTime: `2026-0${day}-01T09:00:00.000Z`,
        endTime: `2026-0${day}-01T10:00:00.000Z`,
      })
      await admin.attendance.note({
        id,
        marks: [
          { beneficiaryId: one, status: kept },
          { beneficiaryId: other, status: merged },
        ],
      })
    }
    await held('late', 'excused', '1')
    await held('absent', 'present', '2')
    const notes = () =>
      app.withDatabase((db) =>
        db
          .selectFrom('attendance')
          .select(['beneficiary_id as id', 'status'])
          .orderBy('held_at')
          .orderBy('beneficiary_id')
          .execute(),
      )
    const before = await notes()
    expect((await admin.merges.preview({ keptId: one, mergedId: other })).joined).toMatchObject([
      { title: 'Lesson 1', kept: 'late', merged: 'excused', becomes: 'late' },
      { title: 'Lesson 2', kept: 'absent', merged: 'present', becomes: 'present' },
    ])
    await merge(admin, one, other)
    expect(await notes()).toEqual([
      { id: one, status: 'late' },
      { id: one, status: 'present' },
    ])
    expect(await admin.merges.list()).toMatchObject([{ late: 0 }])
    await admin.merges.undo({ id: other })
    expect(await notes()).toEqual(before)
  })
})
