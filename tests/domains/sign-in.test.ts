import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answerTo, heardRequest, spelledKey } from '../../main/domains/identity/head-office.ts'
import { type Client, memoryCredentials, type TestApp, testApp } from '../support/app.ts'
import { password, seatedKiosk, secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const minute = 60_000
const hour = 60 * minute
const next = 'seven green boats'

async function centre() {
  const clock = testClock()
  const app = await testApp({ clock })
  const { admin, email } = await testCentre(app)
  const trainer = await testTrainer(app, admin)
  const me = await trainer.identity.me()
  if (me.kind !== 'user') throw new Error('The trainer is not signed in.')
  return { app, clock, admin, email, trainer, tom: me.user }
}

/** The seconds that the refusal of a call asks to wait. */
async function secondsOf(call: Promise<unknown>): Promise<number> {
  const error = await call.catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 429, data: { key: 'identity.wait' } })
  return (error as { data: { params: { seconds: number } } }).data.params.seconds
}

async function wrongTries(visitor: Client, email: string, count: number) {
  const keys: string[] = []
  for (let index = 0; index < count; index++) {
    keys.push(await refusalKey(visitor.identity.signIn({ email, password: 'not this one' })))
  }
  return keys
}

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

async function actions(app: TestApp): Promise<string[]> {
  const rows = await app.withDatabase((db) => db.selectFrom('activity_logs').select('action').execute())
  return rows.map(({ action }) => action)
}
