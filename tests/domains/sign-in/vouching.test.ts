import { describe, expect, it } from 'vitest'
import { password } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'
import { centre } from './centre.ts'

describe('an account that nobody has vouched for', () => {
  it('may look after itself and nothing else, until an administrator says so or its code is typed', async () => {
    const { app, admin, trainer, tom } = await centre()
    await using _ = app
    await admin.identity.setVerified({ id: tom.id, isVerified: false })
    expect(await refusalKey(trainer.beneficiaries.list({}))).toBe('door.verifyFirst')
    expect(await refusalKey(trainer.identity.openKiosk())).toBe('door.verifyFirst')
    expect(await trainer.identity.me()).toMatchObject({ kind: 'user', isVerified: false })
    await trainer.identity.machines()

    const { code } = await admin.identity.issueVerificationCode({ id: tom.id })
    expect(await refusalKey(trainer.identity.verify({ code: 'ABCD-EFGH-JKMN-PQRS' }))).toBe('identity.wrongCode')
    await trainer.identity.verify({ code: code.toLowerCase().replaceAll('-', ' ') })
    expect(await trainer.beneficiaries.list({})).toBeDefined()
    expect(await refusalKey(trainer.identity.verify({ code }))).toBe('identity.wrongCode')
  })

  it('is in the hands of nobody who may do less', async () => {
    const { app, admin, email } = await centre()
    await using _ = app
    const me = await admin.identity.me()
    const id = me.kind === 'user' ? me.user.id : 0
    const boss = { name: 'Bea Boss', email: `bea-${email}`, role: 'admin', password } as const
    await admin.identity.createUser(boss)
    const other = app.visitor()
    await other.identity.signIn(boss)
    for (const call of [
      other.identity.issueResetCode({ id }),
      other.identity.issueVerificationCode({ id }),
      other.identity.setVerified({ id, isVerified: false }),
    ]) {
      expect(await refusalKey(call)).toBe('identity.onlySuperAdmin')
    }
  })

  it('is never one’s own to vouch for', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const me = await admin.identity.me()
    const id = me.kind === 'user' ? me.user.id : 0
    expect(await refusalKey(admin.identity.setVerified({ id, isVerified: false }))).toBe('identity.notYourself')
    expect(await refusalKey(admin.identity.issueResetCode({ id }))).toBe('identity.notYourself')
  })
})
