import { describe, expect, it } from 'vitest'
import { memoryCredentials } from '../../support/app.ts'
import { password } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'
import { centre } from './centre.ts'

describe('where somebody is signed in', () => {
  it('is shown to nobody else, and ended by nobody else', async () => {
    const { app, admin, trainer, email } = await centre()
    await using _ = app
    const elsewhere = app.visitor(undefined, { ipAddress: '192.168.1.7', userAgent: firefox })
    await elsewhere.identity.signIn({ email, password })
    const machines = await admin.identity.machines()
    expect(machines).toMatchObject([
      { browser: expect.any(String), isThis: false, address: '192.168.1.7', system: 'windows' },
      { isThis: true, address: null },
    ])
    const other = machines.find(({ isThis }) => !isThis)?.id ?? 0
    expect(await refusalKey(trainer.identity.endSession({ id: other }))).toBe('identity.sessionNotFound')
    expect(await trainer.identity.machines()).toHaveLength(1)

    await admin.identity.endSession({ id: other })
    expect(await refusalKey(elsewhere.beneficiaries.list({}))).toBe('door.signInFirst')
    expect(await admin.identity.me()).toMatchObject({ kind: 'user' })
  })

  it('ends everywhere else with one word', async () => {
    const { app, admin, email } = await centre()
    await using _ = app
    const others = [app.visitor(), app.visitor()]
    for (const other of others) await other.identity.signIn({ email, password })
    expect(await admin.identity.endOtherSessions()).toEqual({ ended: 2 })
    for (const other of others) expect(await other.identity.me()).toEqual({ kind: 'nobody' })
    expect(await admin.identity.machines()).toHaveLength(1)
  })

  it('is written into the session and the account as the seed has it, and the token is not', async () => {
    const { app, email, clock } = await centre()
    await using _ = app
    const credentials = memoryCredentials()
    await app
      .visitor(credentials, { ipAddress: '192.168.1.7', userAgent: firefox })
      .identity.signIn({ email, password })
    const token = credentials.read() ?? ''
    const rows = await app.withDatabase(async (db) => ({
      session: await db.selectFrom('sessions').selectAll().where('ip_address', '=', '192.168.1.7').execute(),
      user: await db.selectFrom('users').select('last_login').where('email', '=', email).execute(),
    }))
    expect(rows.user).toEqual([{ last_login: clock.now().toISOString() }])
    expect(rows.session).toMatchObject([{ user_agent: firefox, last_activity: clock.now().toISOString() }])
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
