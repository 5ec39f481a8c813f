import { describe, expect, it } from 'vitest'
import { password, secondCentre } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'
import { actions, centre, next, secondsOf, wrongTries } from './centre.ts'

describe('wrong passwords', () => {
  it.each(['', 'nobody@example.org'])(
    'lead to the same pauses whether the account is there or not (%s)',
    async (other) => {
      const { app, clock, email } = await centre()
      await using _ = app
      const address = other || email
      const visitor = app.visitor()
      expect(await wrongTries(visitor, address, 4)).toEqual(Array(4).fill('identity.wrongCredentials'))
      const waits: number[] = []
      for (let count = 0; count < 11; count++) {
        const seconds = await secondsOf(visitor.identity.signIn({ email: address, password: 'not this one' }))
        waits.push(seconds)
        clock.pass(seconds * 1000)
      }
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    },
  )

  it('are not what somebody left empty', async () => {
    const { app, email } = await centre()
    await using _ = app
    const visitor = app.visitor()
    for (let count = 0; count < 20; count++) {
      expect(await refusalKey(visitor.identity.signIn({ email, password: '' }))).toBe('door.invalidInput')
      const reset = { email, code: ' ', password: next }
      expect(await refusalKey(visitor.identity.resetPassword(reset))).toBe('door.invalidInput')
    }
    await visitor.identity.signIn({ email, password })
    expect(await visitor.identity.me()).toMatchObject({ kind: 'user' })
  })

  it('keep the account shut for the right password too, until the pause is over', async () => {
    const { app, clock, email } = await centre()
    await using _ = app
    const visitor = app.visitor()
    await wrongTries(visitor, email, 7)
    expect(await secondsOf(visitor.identity.signIn({ email, password }))).toBe(1)
    clock.pass(1000)
    await visitor.identity.signIn({ email, password })
    expect(await visitor.identity.me()).toMatchObject({ kind: 'user' })
    expect(await wrongTries(visitor, email, 1)).toEqual(['identity.wrongCredentials'])
  })

  it('are forgotten neither by a restart nor by a clock that is turned back or forward', async () => {
    const { app, clock, email } = await centre()
    await using _ = app
    const visitor = app.visitor()
    for (let count = 0; count < 4 + 9; count++) {
      const call = visitor.identity.signIn({ email, password: 'not this one' })
      if (count < 4) await refusalKey(call)
      else if (count < 4 + 8) clock.pass((await secondsOf(call)) * 1000)
      else expect(await secondsOf(call)).toBe(256)
    }
    for (const wall of ['2020-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z', '2026-02-28T00:00:00.000Z']) {
      clock.setWall(wall)
      expect(await secondsOf(visitor.identity.signIn({ email, password }))).toBe(256)
      await app.restart()
      expect(await secondsOf(visitor.identity.signIn({ email, password }))).toBe(256)
    }
    clock.pass(256_000)
    await visitor.identity.signIn({ email, password })
  })

  it('count for the device as well, and signing in with an account of one’s own buys no more tries', async () => {
    const { app, email, tom } = await centre()
    await using _ = app
    const visitor = app.visitor()
    for (let count = 0; count < 3; count++) await wrongTries(visitor, `guess-${count}@example.org`, 1)
    await wrongTries(visitor, tom.email, 1)
    await visitor.identity.signIn({ email: tom.email, password })
    expect(await wrongTries(visitor, email, 2)).toEqual(['identity.wrongCredentials', 'identity.wait'])
  })

  it('count one by one when they come together', async () => {
    const { app, email } = await centre()
    await using _ = app
    const visitors = Array.from({ length: 12 }, () => app.visitor())
    const keys = await Promise.all(
      visitors.map((visitor) => refusalKey(visitor.identity.signIn({ email, password: 'not this one' }))),
    )
    expect(keys.filter((key) => key === 'identity.wrongCredentials')).toHaveLength(4)
    expect(keys.filter((key) => key === 'identity.wait')).toHaveLength(8)
  })

  it('count the same where a kiosk is left, a screen unlocked and a password changed', async () => {
    const { app, admin, trainer, tom } = await centre()
    await using _ = app
    await wrongTries(app.visitor(), tom.email, 2)
    await refusalKey(trainer.identity.changePassword({ current: 'not this one', next }))
    await trainer.identity.lock()
    expect(await refusalKey(trainer.identity.unlock({ password: 'not this one' }))).toBe('identity.wrongPassword')
    expect(await secondsOf(trainer.identity.unlock({ password: 'not this one' }))).toBe(1)
    expect(await admin.identity.helpList()).toMatchObject({ deviceWaits: 1 })
  })

  it('are released by an administrator of the same centre, which is written down', async () => {
    const { app, admin, trainer, tom } = await centre()
    await using _ = app
    const { admin: stranger } = await secondCentre(app)
    await wrongTries(app.visitor(), tom.email, 6)
    expect(await refusalKey(trainer.identity.releaseTries({ id: tom.id }))).toBe('door.forbidden')
    expect(await refusalKey(stranger.identity.releaseTries({ id: tom.id }))).toBe('user.notFound')
    expect((await admin.identity.helpList()).users.find(({ id }) => id === tom.id)).toMatchObject({ waitSeconds: 1 })
    await admin.identity.releaseTries({ id: tom.id })
    await app.visitor().identity.signIn({ email: tom.email, password })
    expect(await actions(app)).toContain('identity.releaseTries')
  })
})
