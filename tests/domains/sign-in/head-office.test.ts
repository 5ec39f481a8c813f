import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answerTo, heardRequest, spelledKey } from '../../../main/domains/identity/head-office.ts'
import { type Client, type TestApp } from '../../support/app.ts'
import { refusalKey } from '../../support/refusal.ts'
import { centre, hour, next } from './centre.ts'

describe('head office by phone', () => {
  const office = generateKeyPairSync('ed25519')
  const stranger = generateKeyPairSync('ed25519')

  async function asked(app: TestApp, admin: Client, email: string) {
    await admin.identity.setHeadOfficeKey({ key: spelledKey(office.publicKey) })
    const { request } = await app.visitor().identity.requestByPhone({ email })
    const heard = heardRequest(request.toLowerCase())
    if (!heard) throw new Error('The request was not heard.')
    return heard
  }
  const reset = (app: TestApp, email: string, answer: string) =>
    app.visitor().identity.resetPassword({ email, code: answer, password: next })

  it('asks nobody to read anything out where no head office could answer, whose ever the address is', async () => {
    const { app, tom } = await centre()
    await using _ = app
    for (const email of [tom.email, 'nobody@example.org']) {
      expect(await refusalKey(app.visitor().identity.requestByPhone({ email }))).toBe('identity.noHeadOffice')
    }
  })

  it('lets in who read the request out, once, and no other account, key or installation', async () => {
    const { app, admin, email, tom } = await centre()
    await using _ = app
    const request = await asked(app, admin, tom.email)
    const other = await asked(app, admin, email)
    const answer = answerTo(request, tom.email, office.privateKey).join(' ')
    for (const [address, code] of [
      [email, answer],
      [email, answerTo(other, tom.email, office.privateKey).join('')],
      [tom.email, answerTo(request, email, office.privateKey).join('')],
      [tom.email, answerTo(request, tom.email, stranger.privateKey).join('')],
    ] as const) {
      expect(await refusalKey(reset(app, address, code))).toBe('identity.wrongCode')
      await admin.identity.releaseTries({ id: tom.id })
    }
    await reset(app, tom.email, answer.toLowerCase())
    expect(await refusalKey(reset(app, tom.email, answer))).toBe('identity.wrongCode')

    const { app: elsewhere, admin: boss, tom: tim } = await centre()
    await using __ = elsewhere
    await asked(elsewhere, boss, tim.email)
    expect(
      await refusalKey(reset(elsewhere, tim.email, answerTo(request, tim.email, office.privateKey).join(''))),
    ).toBe('identity.wrongCode')
  })

  it('answers one request a day for each account, and looks the same for an account that is not there', async () => {
    const { app, admin, clock, tom } = await centre()
    await using _ = app
    const first = await asked(app, admin, tom.email)
    expect(await asked(app, admin, tom.email)).toBe(first)
    const nobody = await asked(app, admin, 'nobody@example.org')
    expect(await asked(app, admin, 'nobody@example.org')).toBe(nobody)
    expect(nobody).toHaveLength(first.length)
    clock.pass(24 * hour)
    const visitor = app.visitor()
    const { request } = await visitor.identity.requestByPhone({ email: tom.email })
    expect(heardRequest(request)).not.toBe(first)
    const answer = answerTo(first, tom.email, office.privateKey).join('')
    expect(await refusalKey(reset(app, tom.email, answer))).toBe('identity.wrongCode')
  })

  it('takes nothing for its key that is none, and nobody but an administrator sets it', async () => {
    const { app, admin, trainer } = await centre()
    await using _ = app
    for (const key of ['', 'x'.repeat(42), `${'x'.repeat(42)}!`, 'A'.repeat(44)]) {
      expect(await refusalKey(admin.identity.setHeadOfficeKey({ key }))).toBe('identity.notAKey')
    }
    const key = spelledKey(office.publicKey)
    expect(await refusalKey(trainer.identity.setHeadOfficeKey({ key }))).toBe('door.forbidden')
    await admin.identity.setHeadOfficeKey({ key })
    expect(await admin.identity.signInSettings()).toMatchObject({ headOfficeKey: key })
  })
})
