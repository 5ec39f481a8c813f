import { describe, expect, it } from 'vitest'
import { type Client } from '../../support/app.ts'
import { password, secondCentre } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'
import { actions, centre, hour, next, secondsOf } from './centre.ts'

describe('a forgotten password', () => {
  const reset = (visitor: Client, email: string, code: string, chosen = next) =>
    visitor.identity.resetPassword({ email, code, password: chosen })

  it('is set anew with the code of an administrator: once, within a day, for that account alone', async () => {
    const { app, admin, email, trainer, tom } = await centre()
    await using _ = app
    const { admin: stranger } = await secondCentre(app)
    expect(await refusalKey(stranger.identity.issueResetCode({ id: tom.id }))).toBe('user.notFound')
    expect(await refusalKey(trainer.identity.issueResetCode({ id: tom.id }))).toBe('door.forbidden')
    const { code } = await admin.identity.issueResetCode({ id: tom.id })
    const visitor = app.visitor()
    expect(await refusalKey(reset(visitor, email, code))).toBe('identity.wrongCode')
    expect(await refusalKey(reset(visitor, 'nobody@example.org', code))).toBe('identity.wrongCode')
    await reset(visitor, tom.email, code)
    expect(await trainer.identity.me()).toEqual({ kind: 'nobody' })
    expect(await visitor.identity.notices()).toMatchObject([{ way: 'admin', by: 'Ada Admin' }])
    await visitor.identity.dismissNotices()
    expect(await visitor.identity.notices()).toEqual([])
    expect(await refusalKey(app.visitor().identity.signIn({ email: tom.email, password }))).toBe(
      'identity.wrongCredentials',
    )
    expect(await refusalKey(reset(app.visitor(), tom.email, code))).toBe('identity.wrongCode')
    expect(await actions(app)).toEqual(expect.arrayContaining(['identity.issueResetCode', 'identity.resetPassword']))
  })

  it.each(['forward', 'back'])('has no code for longer than a day, with the clock turned %s', async (turn) => {
    const { app, clock, admin, tom } = await centre()
    await using _ = app
    const { code } = await admin.identity.issueResetCode({ id: tom.id })
    if (turn === 'forward') clock.pass(24 * hour)
    else {
      clock.pass(25 * hour)
      clock.setWall('2026-03-01T09:30:00.000Z')
    }
    expect(await refusalKey(reset(app.visitor(), tom.email, code))).toBe('identity.wrongCode')
  })

  it('is set anew with a printed code, each of ten once, until a new sheet is printed', async () => {
    const { app, tom, trainer } = await centre()
    await using _ = app
    expect(await refusalKey(trainer.identity.issueRecoveryCodes({ password: 'not this one' }))).toBe(
      'identity.wrongPassword',
    )
    const codes = await trainer.identity.issueRecoveryCodes({ password })
    expect(new Set(codes).size).toBe(10)
    expect(codes[0]).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const stored = await app.withDatabase((db) => db.selectFrom('account_codes').selectAll().execute())
    expect(JSON.stringify(stored)).not.toMatch(new RegExp(codes.join('|').replaceAll('-', '-?')))

    const visitor = app.visitor()
    await reset(visitor, tom.email, codes[3] ?? '')
    expect(await visitor.identity.recoveryCodes()).toMatchObject({ left: 9 })
    expect(await visitor.identity.notices()).toMatchObject([{ way: 'recovery', by: null }])
    expect(await refusalKey(reset(app.visitor(), tom.email, codes[3] ?? ''))).toBe('identity.wrongCode')
    const [fresh = ''] = await visitor.identity.issueRecoveryCodes({ password: next })
    expect(await refusalKey(reset(app.visitor(), tom.email, codes[4] ?? ''))).toBe('identity.wrongCode')
    await reset(app.visitor(), tom.email, fresh, 'another green boat')
  })

  it('is not set to something that anybody would guess, and the code stays good', async () => {
    const { app, admin, tom } = await centre()
    await using _ = app
    const { code } = await admin.identity.issueResetCode({ id: tom.id })
    const visitor = app.visitor()
    for (const [chosen, key] of [
      ['short', 'door.invalidInput'],
      ['ü'.repeat(37), 'door.invalidInput'],
      ['Password123!', 'identity.passwordCommon'],
      ['87654321', 'identity.passwordCommon'],
      ['tom trainer', 'identity.passwordPersonal'],
      [tom.email, 'identity.passwordPersonal'],
      ['Trainer2026', 'identity.passwordCommon'],
    ] as const) {
      expect({ chosen, key: await refusalKey(reset(visitor, tom.email, code, chosen)) }).toEqual({ chosen, key })
    }
    await reset(visitor, tom.email, code)
  })

  it('goes through the same pauses as a password', async () => {
    const { app, tom } = await centre()
    await using _ = app
    const visitor = app.visitor()
    const keys: string[] = []
    for (let count = 0; count < 6; count++)
      keys.push(await refusalKey(reset(visitor, tom.email, `AAAA-AAAA-AAAA-AAA${count}`)))
    expect(keys).toEqual([...Array(4).fill('identity.wrongCode'), 'identity.wait', 'identity.wait'])
    expect(await secondsOf(visitor.identity.signIn({ email: tom.email, password }))).toBe(1)
  })
})
