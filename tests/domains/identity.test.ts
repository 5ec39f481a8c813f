import { describe, expect, it } from 'vitest'
import { testApp } from '../support/app.ts'
import { password, publishedAssessment, seatedKiosk, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

describe('the first run', () => {
  it('makes one centre and no second one', async () => {
    await using app = await testApp()
    expect(await app.visitor().setup.status()).toMatchObject({ state: 'empty', isPractice: false })
    await testCentre(app)
    expect(await app.visitor().setup.status()).toMatchObject({ state: 'ready', organizationName: 'Centre' })
    expect(await refusalKey(testCentre(app))).toBe('setup.alreadyDone')
    expect(await refusalKey(app.visitor().setup.openPractice())).toBe('setup.alreadyDone')
  })

  it('refuses a password that bcrypt would cut', async () => {
    await using app = await testApp()
    const centre = { organizationName: 'C', adminName: 'A', email: 'a@example.org' }
    const long = 'ü'.repeat(37)
    expect(await refusalKey(app.visitor().setup.createCentre({ ...centre, password: long }))).toBe('door.invalidInput')
    expect(await app.visitor().setup.status()).toMatchObject({ state: 'empty' })
  })
})

describe('signing in', () => {
  it('says the same of an unknown address and a wrong password', async () => {
    await using app = await testApp()
    const { email } = await testCentre(app)
    const visitor = app.visitor()
    expect(await refusalKey(visitor.identity.signIn({ email, password: 'wrong' }))).toBe('identity.wrongCredentials')
    expect(await refusalKey(visitor.identity.signIn({ email: 'no@example.org', password }))).toBe(
      'identity.wrongCredentials',
    )
    expect(await visitor.identity.me()).toEqual({ kind: 'nobody' })
  })

  it('ends with signing out, and after twelve hours', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, email } = await testCentre(app)
    await admin.identity.signOut()
    expect(await refusalKey(admin.beneficiaries.list({}))).toBe('door.signInFirst')

    await admin.identity.signIn({ email: email.toUpperCase(), password })
    clock.pass(11 * 3_600_000)
    expect(await admin.identity.me()).toMatchObject({ kind: 'user' })
    clock.pass(2 * 3_600_000)
    expect(await admin.identity.me()).toEqual({ kind: 'nobody' })
  })

  it('stops at once when an administrator deactivates the account', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const users = await admin.identity.listUsers()
    const trainerId = users.find((user) => user.role === 'trainer')?.id ?? 0
    await admin.identity.setUserActive({ id: trainerId, isActive: false })
    expect(await refusalKey(trainer.beneficiaries.list({}))).toBe('door.signInFirst')
  })

  it('keeps the last administrator', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const [me] = await admin.identity.listUsers()
    expect(await refusalKey(admin.identity.setUserActive({ id: me?.id ?? 0, isActive: false }))).toBe(
      'identity.lastSuperAdmin',
    )
    expect(await admin.identity.listUsers()).toMatchObject([{ isActive: true }])
  })

  it('ends the other sessions when the password changes', async () => {
    await using app = await testApp()
    const { admin, email } = await testCentre(app)
    const elsewhere = app.visitor()
    await elsewhere.identity.signIn({ email, password })
    expect(await refusalKey(admin.identity.changePassword({ current: 'wrong', next: 'another one' }))).toBe(
      'identity.wrongPassword',
    )
    await admin.identity.changePassword({ current: password, next: 'another one' })
    expect(await elsewhere.identity.me()).toEqual({ kind: 'nobody' })
    expect(await admin.identity.me()).toMatchObject({ kind: 'user' })
    await elsewhere.identity.signIn({ email, password: 'another one' })
  })
})

describe('what each may do', () => {
  it('lets a trainer manage no users', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    expect(await refusalKey(trainer.identity.listUsers())).toBe('door.forbidden')
    const user = { name: 'X', email: 'x@example.org', role: 'admin', password } as const
    expect(await refusalKey(trainer.identity.createUser(user))).toBe('door.forbidden')
  })

  it('lets a kiosk do nothing but let learners take assessments', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await publishedAssessment(admin)
    const { kiosk, beneficiaryId } = await seatedKiosk(app, admin)
    for (const call of [
      kiosk.beneficiaries.list({}),
      kiosk.beneficiaries.get({ id: beneficiaryId }),
      kiosk.assessments.get({ id }),
      kiosk.results.list({}),
      kiosk.identity.listUsers(),
      kiosk.identity.openKiosk(),
    ]) {
      expect(await refusalKey(call)).toBe('door.forbidden')
    }
    await kiosk.delivery.standUp()
    expect(await refusalKey(kiosk.delivery.menu())).toBe('kiosk.nobodySeated')
  })

  it('ends a kiosk with the password of the one who opened it', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { kiosk } = await seatedKiosk(app, admin)
    expect(await refusalKey(kiosk.identity.leaveKiosk({ password: 'guess' }))).toBe('identity.wrongPassword')
    expect(await kiosk.identity.me()).toMatchObject({ kind: 'kiosk', openedBy: 'Tom Trainer' })
    await kiosk.identity.leaveKiosk({ password })
    expect(await kiosk.identity.me()).toMatchObject({ kind: 'user', user: { name: 'Tom Trainer', role: 'trainer' } })
  })
})
