import { describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../support/app.ts'
import { testCentre, testTrainer } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'

async function offered(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const { id: lina } = await tom.beneficiaries.create({ name: 'Lina Learner', notes: 'Private' })
  const tinaId = (await tom.beneficiaries.trainers()).find(({ name }) => name === 'Tina Teacher')?.id ?? 0
  const { id } = await tom.handovers.offer({ beneficiaryId: lina, toTrainerId: tinaId, note: 'Speaks Arabic.' })
  return { admin, tom, tina, tinaId, lina, id }
}

describe('a handover', () => {
  it('refuses a second offer, an offer to whoever has the person, and people of somebody else', async () => {
    await using app = await testApp()
    const { tom, tina, tinaId, lina, admin } = await offered(app)
    const again = { beneficiaryId: lina, toTrainerId: tinaId }
    expect(await refusalKey(tom.handovers.offer(again))).toBe('handover.isOpen')
    expect(await refusalKey(tina.handovers.offer(again))).toBe('beneficiary.notFound')
    const { id: omar } = await tina.beneficiaries.create({ name: 'Omar' })
    expect(await refusalKey(admin.handovers.offer({ beneficiaryId: omar, toTrainerId: tinaId }))).toBe(
      'handover.isTheirs',
    )
    expect(await refusalKey(tom.handovers.offer({ beneficiaryId: lina, toTrainerId: 4_000_000_000 }))).toBe(
      'user.notFound',
    )
  })

  it('shows the offer to the other trainer, and nothing of the file before it is accepted', async () => {
    await using app = await testApp()
    const { tina, lina } = await offered(app)
    expect(await tina.handovers.list()).toMatchObject([
      { beneficiaryName: 'Lina Learner', fromName: 'Tom Trainer', note: 'Speaks Arabic.', isMine: true },
    ])
    expect(await refusalKey(tina.beneficiaries.get({ id: lina }))).toBe('beneficiary.notFound')
    expect(await refusalKey(tina.handovers.ofPerson({ beneficiaryId: lina }))).toBe('beneficiary.notFound')
    expect(await tina.beneficiaries.list({})).toMatchObject({ total: 0 })
  })

  it('moves the person when it is accepted: to the new trainer, and away from the one before', async () => {
    await using app = await testApp()
    const { tom, tina, lina, id } = await offered(app)
    expect(await refusalKey(tom.handovers.accept({ id }))).toBe('handover.notFound')
    expect(await tina.handovers.accept({ id })).toEqual({ beneficiaryId: lina })
    expect(await tina.beneficiaries.get({ id: lina })).toMatchObject({ name: 'Lina Learner', notes: 'Private' })
    expect(await refusalKey(tom.beneficiaries.get({ id: lina }))).toBe('beneficiary.notFound')
    expect(await refusalKey(tina.handovers.accept({ id }))).toBe('handover.isDecided')
    const { rows } = await tina.beneficiaries.history({ id: lina })
    expect(rows).toMatchObject([{ field: 'trainerId', before: 'Tom Trainer', after: 'Tina Teacher' }])
  })

  it('leaves the person where they are when it is declined, with the reason', async () => {
    await using app = await testApp()
    const { tom, tina, lina, id } = await offered(app)
    await tina.handovers.decline({ id, reply: 'My group is full.' })
    expect(await tom.handovers.ofPerson({ beneficiaryId: lina })).toMatchObject([
      { status: 'declined', reply: 'My group is full.' },
    ])
    expect(await tina.handovers.list()).toEqual([])
    expect(await tom.beneficiaries.get({ id: lina })).toMatchObject({ trainerName: 'Tom Trainer' })
  })

  it('tells whoever gives the person what was answered, by name, with a way there while they are theirs', async () => {
    await using app = await testApp()
    const { admin, tom, tina, tinaId, lina, id } = await offered(app)
    const told = async (one: typeof tom) => (await one.notifications.list({})).rows.map((row) => row.told)
    await tina.handovers.decline({ id, reply: 'My group is full.' })
    const about = { type: 'handover', from: 'Tina Teacher', name: 'Lina Learner' }
    expect(await told(tom)).toEqual([{ ...about, news: 'declined', beneficiaryId: lina }])

    const again = await admin.handovers.offer({ beneficiaryId: lina, toTrainerId: tinaId })
    await tina.handovers.accept(again)
    const accepted = { ...about, news: 'accepted', beneficiaryId: null }
    expect(await told(tom)).toEqual([accepted, { ...about, news: 'declined', beneficiaryId: null }])
    expect(await told(admin)).toEqual([accepted])
    expect(await told(tina)).toEqual([])
  })

  it('tells nobody who does not want to know, and names nobody who was erased', async () => {
    await using app = await testApp()
    const { admin, tom, tina, tinaId, lina, id } = await offered(app)
    await tina.handovers.decline({ id, reply: '' })
    await tom.notifications.setPreferences({ off: ['handover'], isNative: true, quiet: null })
    await tina.handovers.decline(await tom.handovers.offer({ beneficiaryId: lina, toTrainerId: tinaId }))
    await admin.privacy.erase({ person: { beneficiaryId: lina }, name: 'Lina Learner' })
    expect((await tom.notifications.list({})).rows.map(({ told }) => told)).toEqual([
      { type: 'handover', news: 'declined', from: 'Tina Teacher', name: null, beneficiaryId: null },
    ])
  })

  it('is withdrawn by whoever has the person, and decided by nobody in the place of the one who is asked', async () => {
    await using app = await testApp()
    const { admin, tom, tina, id } = await offered(app)
    expect(await refusalKey(admin.handovers.accept({ id }))).toBe('handover.notFound')
    expect(await refusalKey(tina.handovers.withdraw({ id }))).toBe('beneficiary.notFound')
    await tom.handovers.withdraw({ id })
    expect(await refusalKey(tina.handovers.accept({ id }))).toBe('handover.isDecided')
  })

  it('is out of date when an administrator has given the person to somebody else meanwhile', async () => {
    await using app = await testApp()
    const { admin, tina, lina, id } = await offered(app)
    const person = await admin.beneficiaries.get({ id: lina })
    await admin.beneficiaries.update({ ...person, trainerId: null })
    expect(await refusalKey(tina.handovers.accept({ id }))).toBe('handover.movedMeanwhile')
  })
})

describe('a move by an administrator', () => {
  it('is refused to trainers, to nobody, and to whoever has the person', async () => {
    await using app = await testApp()
    const { admin, tom, tinaId, lina } = await offered(app)
    const to = { beneficiaryId: lina, toTrainerId: tinaId }
    expect(await refusalKey(tom.handovers.move(to))).toBe('door.forbidden')
    expect(await refusalKey(tom.handovers.previewMove(to))).toBe('door.forbidden')
    expect(await refusalKey(admin.handovers.move({ ...to, toTrainerId: 4_000_000_000 }))).toBe('user.notFound')
    expect(await refusalKey(admin.handovers.move({ ...to, beneficiaryId: 4_000_000_000 }))).toBe('beneficiary.notFound')
    await admin.handovers.move(to)
    expect(await refusalKey(admin.handovers.previewMove(to))).toBe('handover.isTheirs')
    expect(await refusalKey(admin.handovers.move(to))).toBe('handover.isTheirs')
  })

  it('says before what goes along, takes an open offer back, and is taken back once', async () => {
    await using app = await testApp()
    const { admin, tom, tina, tinaId, lina, id: offerId } = await offered(app)
    await tom.goals.create({ beneficiaryId: lina, title: 'Reads a map' })
    const to = { beneficiaryId: lina, toTrainerId: tinaId }
    expect(await admin.handovers.previewMove(to)).toEqual({
      fromName: 'Tom Trainer',
      toName: 'Tina Teacher',
      counts: [
        { kind: 'handovers', count: 1 },
        { kind: 'goals', count: 1 },
      ],
    })
    const { id } = await admin.handovers.move(to)
    expect(await refusalKey(tina.handovers.accept({ id: offerId }))).toBe('handover.isDecided')
    expect(await tina.goals.list({ beneficiaryId: lina })).toMatchObject([{ title: 'Reads a map' }])
    expect(await refusalKey(tom.beneficiaries.get({ id: lina }))).toBe('beneficiary.notFound')
    expect(await admin.handovers.ofPerson({ beneficiaryId: lina })).toMatchObject([
      { id, status: 'moved' },
      { status: 'withdrawn' },
    ])
    const { rows } = await admin.beneficiaries.history({ id: lina })
    expect(rows).toMatchObject([{ field: 'trainerId', before: 'Tom Trainer', after: 'Tina Teacher' }])

    expect(await refusalKey(tina.handovers.moveBack({ id }))).toBe('door.forbidden')
    await admin.handovers.moveBack({ id })
    expect(await tom.beneficiaries.get({ id: lina })).toMatchObject({ trainerName: 'Tom Trainer' })
    expect(await refusalKey(admin.handovers.moveBack({ id }))).toBe('handover.goneOn')
  })

  it('is not taken back from somebody else to whom the person has gone on', async () => {
    await using app = await testApp()
    const { admin, tinaId, lina } = await offered(app)
    const { id } = await admin.handovers.move({ beneficiaryId: lina, toTrainerId: tinaId })
    const person = await admin.beneficiaries.get({ id: lina })
    await admin.beneficiaries.update({ ...person, trainerId: null })
    expect(await refusalKey(admin.handovers.moveBack({ id }))).toBe('handover.goneOn')
  })
})
