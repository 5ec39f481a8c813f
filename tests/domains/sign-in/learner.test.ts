import { describe, expect, it } from 'vitest'
import { secondCentre } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'
import { centre, next } from './centre.ts'

describe('a learner', () => {
  it('gets a password from the trainer, and then has their own assessments alone', async () => {
    const { app, admin, trainer } = await centre()
    await using _ = app
    const { id: beneficiaryId } = await trainer.beneficiaries.create({ name: 'Lina Learner' })
    expect(await refusalKey(trainer.identity.setLearnerPassword({ beneficiaryId, password: next }))).toBe(
      'identity.noAddress',
    )
    const somebodyElses = await admin.beneficiaries.create({ name: 'Noor', email: 'noor@example.org' })
    const forNoor = { beneficiaryId: somebodyElses.id, password: next }
    expect(await refusalKey(trainer.identity.setLearnerPassword(forNoor))).toBe('beneficiary.notFound')
    const lina = await trainer.beneficiaries.create({ name: 'Lina Two', email: 'lina@example.org' })
    await trainer.identity.setLearnerPassword({ beneficiaryId: lina.id, password: next })
    const learner = app.visitor()
    await learner.identity.signIn({ email: 'lina@example.org', password: next })
    expect(await learner.identity.me()).toMatchObject({ user: { role: 'student' }, lockAfterSeconds: null })
    expect(await learner.delivery.menu()).toBeDefined()
    expect(await refusalKey(learner.beneficiaries.list({}))).toBe('door.forbidden')
  })

  it('of another centre is not there', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const { admin: stranger } = await secondCentre(app)
    const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Lina', email: 'lina@example.org' })
    expect(await refusalKey(stranger.identity.setLearnerPassword({ beneficiaryId, password: next }))).toBe(
      'beneficiary.notFound',
    )
  })
})
