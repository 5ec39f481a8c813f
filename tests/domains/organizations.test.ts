import { describe, expect, it } from 'vitest'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import { password, publishedAssessment, testCentre, testTrainer } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

const south = { name: 'South', adminName: 'Bea Boss', email: 'bea@example.org', password }

async function withSouth(app: TestApp) {
  const { admin: ada } = await testCentre(app)
  const { id: southId } = await ada.organizations.create(south)
  const bea = app.visitor()
  await bea.identity.signIn(south)
  return { ada, bea, southId }
}

async function idOf(client: Client, name: string) {
  return (await client.identity.listUsers()).find((user) => user.name === name)?.id ?? 0
}

describe('several organizations', () => {
  it('are not added to a practice centre, which goes with all that is in it', async () => {
    await using app = await testApp()
    const trainer = app.visitor()
    await trainer.setup.openPractice()
    expect(await refusalKey(trainer.organizations.create(south))).toBe('organization.notInPractice')
  })

  it('are not made with an address that is taken, and nothing of them is left then', async () => {
    await using app = await testApp()
    const { admin, email } = await testCentre(app)
    expect(await refusalKey(admin.organizations.create({ ...south, email }))).toBe('identity.emailTaken')
    expect(await admin.organizations.list()).toHaveLength(1)
  })

  it('are made with an administrator, who sees that one alone', async () => {
    await using app = await testApp()
    const { ada, bea, southId } = await withSouth(app)
    await ada.beneficiaries.create({ name: 'Northern Learner' })
    expect(await bea.identity.me()).toMatchObject({ user: { role: 'admin' }, organization: { id: southId } })
    expect(await bea.identity.me()).toMatchObject({ hasOtherOrganizations: false })
    expect(await ada.identity.me()).toMatchObject({ hasOtherOrganizations: true })
    expect(await bea.beneficiaries.list({})).toMatchObject({ rows: [] })
    expect(await refusalKey(bea.organizations.list())).toBe('door.forbidden')
    expect(await refusalKey(bea.organizations.rename({ id: 1, name: 'X' }))).toBe('organization.notFound')
  })

  it('are entered one at a time, and what is done there is logged there', async () => {
    await using app = await testApp()
    const { ada, bea, southId } = await withSouth(app)
    await ada.beneficiaries.create({ name: 'Northern Learner' })
    await ada.organizations.enter({ id: southId })
    expect(await ada.identity.me()).toMatchObject({ organization: { name: 'South' } })
    await ada.beneficiaries.create({ name: 'Southern Learner' })
    expect(await bea.beneficiaries.list({})).toMatchObject({ rows: [{ name: 'Southern Learner' }] })
    const log = await app.withDatabase((db) => db.selectFrom('activity_logs').selectAll().orderBy('id').execute())
    expect(log.at(-1)).toMatchObject({ action: 'beneficiaries.create', organization_id: southId, user_id: 1 })
  })

  it('keep a kiosk that a head administrator opens in the one that was entered', async () => {
    await using app = await testApp()
    const { ada, southId } = await withSouth(app)
    await ada.beneficiaries.create({ name: 'Northern Learner' })
    await ada.organizations.enter({ id: southId })
    await ada.beneficiaries.create({ name: 'Southern Learner' })
    await ada.identity.openKiosk()
    expect(await ada.delivery.roster({})).toMatchObject({ people: [{ name: 'Southern Learner' }] })
    await ada.identity.leaveKiosk({ password })
    expect(await ada.identity.me()).toMatchObject({ organization: { id: southId } })
  })
})

describe('a deactivated organization', () => {
  it('is not the one that somebody works in', async () => {
    await using app = await testApp()
    const { ada } = await withSouth(app)
    expect(await refusalKey(ada.organizations.setActive({ id: 1, isActive: false }))).toBe('organization.isEntered')
  })

  it('signs everybody out at once, lets nobody in, and is as it was when it comes back', async () => {
    await using app = await testApp()
    const { ada, bea, southId } = await withSouth(app)
    const { id } = await publishedAssessment(bea)
    await ada.organizations.setActive({ id: southId, isActive: false })
    expect(await refusalKey(bea.assessments.get({ id }))).toBe('door.signInFirst')
    expect(await refusalKey(bea.identity.signIn(south))).toBe('identity.wrongCredentials')
    expect(await refusalKey(ada.organizations.enter({ id: southId }))).toBe('organization.inactive')
    await ada.organizations.setActive({ id: southId, isActive: true })
    await bea.identity.signIn(south)
    expect(await bea.assessments.get({ id })).toMatchObject({ title: 'Numbers' })
  })
})

describe('roles', () => {
  it('are not given to learners or to people of another organization', async () => {
    await using app = await testApp()
    const { ada, bea } = await withSouth(app)
    const beaId = await idOf(bea, 'Bea Boss')
    expect(await refusalKey(ada.identity.setUserRole({ id: beaId, role: 'trainer' }))).toBe('user.notFound')
  })

  it('leave at least one administrator, and one head administrator', async () => {
    await using app = await testApp()
    const { ada, bea } = await withSouth(app)
    const [adaId, beaId] = [await idOf(ada, 'Ada Admin'), await idOf(bea, 'Bea Boss')]
    expect(await refusalKey(ada.identity.setUserRole({ id: adaId, role: 'admin' }))).toBe('identity.lastSuperAdmin')
    expect(await refusalKey(bea.identity.setUserRole({ id: beaId, role: 'trainer' }))).toBe('identity.lastAdmin')
    expect(await refusalKey(bea.identity.setUserActive({ id: beaId, isActive: false }))).toBe('identity.lastAdmin')
    expect(await bea.identity.me()).toMatchObject({ user: { role: 'admin' } })
  })

  it('of a head administrator are a head administrator’s to give and to take', async () => {
    await using app = await testApp()
    const { admin: ada } = await testCentre(app)
    const tom = await testTrainer(app, ada)
    const [adaId, tomId] = [await idOf(ada, 'Ada Admin'), await idOf(ada, 'Tom Trainer')]
    await ada.identity.setUserRole({ id: tomId, role: 'admin' })
    const alma = await testTrainer(app, ada, 'Alma Admin')
    await ada.identity.setUserRole({ id: await idOf(ada, 'Alma Admin'), role: 'admin' })
    expect(await refusalKey(alma.identity.listUsers())).toBe('door.signInFirst')
    expect(await refusalKey(tom.identity.me().then(() => tom.identity.listUsers()))).toBe('door.signInFirst')

    const [{ email = '' } = {}] = (await ada.identity.listUsers()).filter(({ id }) => id === tomId)
    await tom.identity.signIn({ email, password })
    expect(await refusalKey(tom.identity.setUserRole({ id: tomId, role: 'super_admin' }))).toBe(
      'identity.onlySuperAdmin',
    )
    expect(await refusalKey(tom.identity.setUserRole({ id: adaId, role: 'trainer' }))).toBe('identity.onlySuperAdmin')
    expect(await refusalKey(tom.identity.setUserActive({ id: adaId, isActive: false }))).toBe('identity.onlySuperAdmin')
    await ada.identity.setUserRole({ id: tomId, role: 'super_admin' })
    await ada.identity.setUserRole({ id: adaId, role: 'admin' })
    expect(await refusalKey(ada.identity.listUsers())).toBe('door.signInFirst')
  })
})

describe('deactivating an account', () => {
  it('closes the kiosk and the room that it has opened, while a learner sits there', async () => {
    await using app = await testApp({
      roomListener: { open: async () => ({ port: 1, addresses: [], callers: () => [], close: async () => {} }) },
    })
    const { admin } = await testCentre(app)
    const tom = await testTrainer(app, admin)
    const { id: assessmentId } = await publishedAssessment(admin)
    const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Lina Learner' })
    await tom.classroom.start({ assessmentIds: [assessmentId], address: '127.0.0.1', port: 4190 })
    const phone = app.visitor()
    await phone.classroom.join({ code: (await tom.classroom.current())?.code ?? '', deviceName: 'Phone' })
    await phone.delivery.sitDown({ beneficiaryId })
    await tom.identity.openKiosk()
    await tom.delivery.sitDown({ beneficiaryId })
    const { attemptId } = await tom.delivery.begin({ assessmentId })

    await admin.identity.setUserActive({ id: await idOf(admin, 'Tom Trainer'), isActive: false })
    expect(await refusalKey(tom.delivery.attempt({ attemptId }))).toBe('door.signInFirst')
    expect(await refusalKey(phone.delivery.menu())).toBe('door.signInFirst')
    expect(await admin.classroom.current()).toBeNull()
  })

  it('stops a call of theirs that is under way', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await testTrainer(app, admin, 'Alma Admin')
    const almaId = await idOf(admin, 'Alma Admin')
    await admin.identity.setUserRole({ id: almaId, role: 'admin' })
    const [{ email = '' } = {}] = (await admin.identity.listUsers()).filter(({ id }) => id === almaId)
    const alma = app.visitor()
    await alma.identity.signIn({ email, password })

    const hashing = alma.identity.createUser({ name: 'X', email: 'x@example.org', role: 'admin', password })
    const [refused] = await Promise.all([
      refusalKey(hashing),
      admin.identity.setUserActive({ id: almaId, isActive: false }),
    ])
    expect(refused).toBe('door.signInFirst')
    expect(await admin.identity.listUsers()).toHaveLength(2)
  })
})

describe('devices', () => {
  it('show where the organization is signed in, and are signed out at once', async () => {
    await using app = await testApp()
    const { ada, bea } = await withSouth(app)
    const { id: beneficiaryId } = await ada.beneficiaries.create({ name: 'Lina Learner' })
    const kiosk = await testTrainer(app, ada)
    await kiosk.identity.openKiosk()
    await kiosk.delivery.sitDown({ beneficiaryId })

    const [first, second] = await ada.devices.list()
    const here = [first, second].find((device) => device?.isThis)
    const there = [first, second].find((device) => device?.kind === 'kiosk')
    expect(here).toMatchObject({ kind: 'user', userName: 'Ada Admin', role: 'super_admin' })
    expect(there).toMatchObject({ userName: 'Tom Trainer', learnerName: 'Lina Learner', userAgent: 'test' })
    expect(await bea.devices.list()).toHaveLength(1)
    expect(await refusalKey(bea.devices.end({ sessionId: there?.sessionId ?? 0 }))).toBe('device.notFound')
    await ada.devices.end({ sessionId: there?.sessionId ?? 0 })
    expect(await refusalKey(kiosk.delivery.menu())).toBe('door.signInFirst')
    expect(await refusalKey(ada.devices.end({ sessionId: there?.sessionId ?? 0 }))).toBe('device.notFound')
  })
})
