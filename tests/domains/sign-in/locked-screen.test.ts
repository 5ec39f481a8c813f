import { describe, expect, it } from 'vitest'
import { memoryCredentials } from '../../support/app.ts'
import { password, seatedKiosk } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'
import { centre, hour, minute, next } from './centre.ts'

describe('a locked screen', () => {
  it('answers nothing but unlocking and leaving', async () => {
    const { app, trainer } = await centre()
    await using _ = app
    await trainer.identity.lock()
    for (const call of [
      trainer.beneficiaries.list({}),
      trainer.beneficiaries.create({ name: 'Maria' }),
      trainer.assessments.list({}),
      trainer.identity.machines(),
      trainer.identity.stayActive(),
      trainer.identity.changePassword({ current: password, next }),
      trainer.identity.openKiosk(),
      trainer.identity.lock(),
    ]) {
      expect(await refusalKey(call)).toBe('door.locked')
    }
    expect(await trainer.identity.me()).toMatchObject({ kind: 'locked', user: { name: 'Tom Trainer' } })
    await app.restart()
    expect(await refusalKey(trainer.beneficiaries.list({}))).toBe('door.locked')
    await trainer.identity.signOut()
    expect(await trainer.identity.me()).toEqual({ kind: 'nobody' })
  })

  it('opens with the password of its owner alone, under a new token', async () => {
    const { app, trainer, tom, email } = await centre()
    await using _ = app
    const credentials = memoryCredentials()
    const screen = app.visitor(credentials)
    await screen.identity.signIn({ email: tom.email, password })
    const before = credentials.read()
    await screen.identity.lock()
    expect(await refusalKey(screen.identity.unlock({ password: 'not this one' }))).toBe('identity.wrongPassword')
    await screen.identity.unlock({ password })
    expect(await screen.beneficiaries.list({})).toBeDefined()
    expect(credentials.read()).not.toBe(before)
    const old = memoryCredentials()
    old.write(before, { lasting: false })
    expect(await app.visitor(old).identity.me()).toEqual({ kind: 'nobody' })
    expect(await trainer.identity.me()).toMatchObject({ kind: 'user' })

    await screen.identity.lock()
    await screen.identity.signIn({ email, password })
    expect(await screen.identity.me()).toMatchObject({ kind: 'user', user: { name: 'Ada Admin' } })
  })

  it('locks by itself after the time of its role, and after the clock was turned back', async () => {
    const { app, clock, admin, trainer } = await centre()
    await using _ = app
    expect(await admin.identity.me()).toMatchObject({ lockAfterSeconds: 180 })
    expect(await trainer.identity.me()).toMatchObject({ lockAfterSeconds: 300 })
    clock.pass(3 * minute + 91_000)
    expect(await refusalKey(admin.beneficiaries.list({}))).toBe('door.locked')
    await trainer.identity.stayActive()
    clock.pass(5 * minute)
    expect(await trainer.beneficiaries.list({})).toBeDefined()
    clock.pass(2 * minute)
    expect(await refusalKey(trainer.beneficiaries.list({}))).toBe('door.locked')
    await trainer.identity.unlock({ password })
    clock.setWall('2025-01-01T00:00:00.000Z')
    expect(await refusalKey(trainer.beneficiaries.list({}))).toBe('door.locked')
  })

  it('follows the setting of the organization at once, within bounds, and leaves kiosks alone', async () => {
    const { app, clock, admin, trainer } = await centre()
    await using _ = app
    const { kiosk } = await seatedKiosk(app, admin)
    for (const trainerLockMinutes of [0, 61, 1.5]) {
      const settings = { trainerLockMinutes, adminLockMinutes: 3 }
      expect(await refusalKey(admin.identity.setSignInSettings(settings))).toBe('door.invalidInput')
    }
    await admin.identity.setSignInSettings({ trainerLockMinutes: 30, adminLockMinutes: 60 })
    expect(await trainer.identity.me()).toMatchObject({ lockAfterSeconds: 1800 })
    clock.pass(29 * minute)
    expect(await trainer.beneficiaries.list({})).toBeDefined()
    clock.pass(6 * hour)
    expect(await kiosk.identity.me()).toMatchObject({ kind: 'kiosk' })
  })
})
