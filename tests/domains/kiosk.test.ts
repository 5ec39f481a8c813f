import { describe, expect, it } from 'vitest'
import { waitAfter } from '../../main/domains/identity/throttle.ts'
import type { SignInWay } from '../../shared/contract/kiosk.ts'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import { password, secondCentre, testCentre } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const idleSeconds = 180

/** A centre with one learner, and a kiosk that asks for this. */
async function kioskCentre(app: TestApp, signIn: SignInWay) {
  const { admin, email } = await testCentre(app)
  const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Lina Learner' })
  await admin.kiosk.setSettings({ signIn, idleSeconds })
  const kiosk = app.visitor()
  await kiosk.identity.signIn({ email, password })
  await kiosk.identity.openKiosk()
  return { admin, email, kiosk, beneficiaryId }
}

async function wrongTries(kiosk: Client, beneficiaryId: number, count: number) {
  const keys: string[] = []
  for (let i = 0; i < count; i++) keys.push(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: '0000' })))
  return keys
}

async function seated(kiosk: Client) {
  const me = await kiosk.identity.me()
  return me.kind === 'kiosk' ? (me.learner?.name ?? null) : me.kind
}

describe('signing in with a PIN', () => {
  it('takes the PIN and nothing less', async () => {
    await using app = await testApp()
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'pin')
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: '2468' }))).toBe('kiosk.noSecret')
    const [card] = await admin.kiosk.issue({ beneficiaryIds: [beneficiaryId], kinds: ['pin'], digits: 6 })
    const secret = card?.pin ?? ''
    expect(secret).toMatch(/^\d{6}$/)

    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId }))).toBe('kiosk.secretNeeded')
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: ['sun', 'moon', 'key'] }))).toBe(
      'kiosk.secretNeeded',
    )
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: '0000' }))).toBe('kiosk.wrongSecret')
    expect(await seated(kiosk)).toBeNull()
    await kiosk.delivery.sitDown({ beneficiaryId, secret })
    expect(await seated(kiosk)).toBe('Lina Learner')
  })

  it('stores no secret in a readable form', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId } = await kioskCentre(app, 'pin')
    const [card] = await admin.kiosk.issue({ beneficiaryIds: [beneficiaryId], kinds: ['pin', 'picture', 'card'] })
    const rows = await app.withDatabase((db) => db.selectFrom('learner_credentials').selectAll().execute())
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['card', 'picture', 'pin'])
    for (const secret of [card?.pin, card?.card, card?.pictures?.join(' ')]) {
      expect(secret).toBeTruthy()
      expect(JSON.stringify(rows)).not.toContain(`"${secret}"`)
    }
  })

  it('takes the new PIN and not the old one after it was renewed', async () => {
    await using app = await testApp()
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'pin')
    await admin.kiosk.setSecret({ beneficiaryId, secret: '2468' })
    await admin.kiosk.setSecret({ beneficiaryId, secret: '1357' })
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: '2468' }))).toBe('kiosk.wrongSecret')
    await kiosk.delivery.sitDown({ beneficiaryId, secret: '1357' })
    await admin.kiosk.revoke({ beneficiaryId, kind: 'pin' })
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: '1357' }))).toBe('kiosk.noSecret')
  })
})

describe('the pause after wrong tries', () => {
  it('doubles from one second to five minutes', () => {
    expect([4, 5, 6, 7, 12, 13, 14, 1000].map(waitAfter)).toEqual([0, 1, 2, 4, 128, 256, 300, 300])
  })

  it('counts down, then refuses even the right PIN, also after a restart, until the time is over', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'pin')
    await admin.kiosk.setSecret({ beneficiaryId, secret: '2468' })
    expect(await wrongTries(kiosk, beneficiaryId, 6)).toEqual([
      ...Array.from({ length: 4 }, () => 'kiosk.wrongSecret'),
      'kiosk.wait',
      'kiosk.wait',
    ])
    await app.restart()
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: '2468' }))).toBe('kiosk.wait')
    clock.pass(1_001)
    await kiosk.delivery.sitDown({ beneficiaryId, secret: '2468' })
    expect(await wrongTries(kiosk, beneficiaryId, 1)).toEqual(['kiosk.wrongSecret'])
  })

  it('is neither ended nor made eternal by a clock that is turned back', async () => {
    const clock = testClock('2026-03-01T09:00:00.000Z')
    await using app = await testApp({ clock })
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'pin')
    await admin.kiosk.setSecret({ beneficiaryId, secret: '2468' })
    await wrongTries(kiosk, beneficiaryId, 5)
    clock.setWall('2026-02-28T09:00:00.000Z')
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: '2468' }))).toBe('kiosk.wait')
    clock.pass(1_001)
    await kiosk.delivery.sitDown({ beneficiaryId, secret: '2468' })
  })

  it('holds for tries that arrive all at once', async () => {
    await using app = await testApp()
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'pin')
    await admin.kiosk.setSecret({ beneficiaryId, secret: '2468' })
    const guesses = [...Array.from({ length: 30 }, () => '0000'), '2468']
    const keys = await Promise.all(
      guesses.map((secret) => refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret }))),
    )
    expect(keys.filter((key) => key === 'kiosk.wrongSecret').length).toBeLessThan(5)
    expect(await seated(kiosk)).toBeNull()
  })

  it('ends when the trainer says so', async () => {
    await using app = await testApp({ clock: testClock() })
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'pin')
    await admin.kiosk.setSecret({ beneficiaryId, secret: '2468' })
    await wrongTries(kiosk, beneficiaryId, 5)
    expect((await admin.kiosk.credentials({})).people).toMatchObject([{ kinds: ['pin'], isLocked: true }])
    await admin.kiosk.release({ beneficiaryId })
    expect((await admin.kiosk.credentials({})).people).toMatchObject([{ isLocked: false }])
    await kiosk.delivery.sitDown({ beneficiaryId, secret: '2468' })
  })
})

describe('pictures and cards', () => {
  it('takes three pictures in their order', async () => {
    await using app = await testApp()
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'picture')
    await admin.kiosk.setSecret({ beneficiaryId, secret: ['sun', 'fish', 'key'] })
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId, secret: ['fish', 'sun', 'key'] }))).toBe(
      'kiosk.wrongSecret',
    )
    await kiosk.delivery.sitDown({ beneficiaryId, secret: ['sun', 'fish', 'key'] })
    expect(await seated(kiosk)).toBe('Lina Learner')
  })

  it.each(['name', 'pin', 'picture'] as const)('takes a card where the kiosk asks for a %s', async (way) => {
    await using app = await testApp()
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, way)
    const [issued] = await admin.kiosk.issue({ beneficiaryIds: [beneficiaryId], kinds: ['card'] })
    const token = issued?.card ?? ''
    for (const card of [
      token,
      `BDC:C:${token}`,
      `http://192.168.1.2:8080/#card=${token}`,
      (token.match(/.{1,4}/g) ?? []).join('-').toLowerCase(),
    ]) {
      await kiosk.delivery.standUp()
      await kiosk.delivery.sitDown({ card })
      expect(await seated(kiosk)).toBe('Lina Learner')
    }
  })

  it('refuses a card that was revoked, renewed, mistyped, or belongs to another centre', async () => {
    await using app = await testApp()
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'name')
    const { admin: stranger } = await secondCentre(app)
    const { id: strangeId } = await stranger.beneficiaries.create({ name: 'Own Learner' })
    const cardOf = async (staff: Client, id: number) =>
      (await staff.kiosk.issue({ beneficiaryIds: [id], kinds: ['card'] }))[0]?.card ?? ''

    const old = await cardOf(admin, beneficiaryId)
    const renewed = await cardOf(admin, beneficiaryId)
    const foreign = await cardOf(stranger, strangeId)
    for (const card of [old, foreign, '', 'BDC:C:', renewed.slice(1), `${renewed}0`, 'x'.repeat(500)]) {
      expect(await refusalKey(kiosk.delivery.sitDown({ card }))).toBe('kiosk.cardUnknown')
    }
    await admin.kiosk.revoke({ beneficiaryId, kind: 'card' })
    expect(await refusalKey(kiosk.delivery.sitDown({ card: renewed }))).toBe('kiosk.cardUnknown')
    expect(await seated(kiosk)).toBeNull()
  })

  it('refuses the card of somebody who is not active any more', async () => {
    await using app = await testApp()
    const { admin, kiosk, beneficiaryId } = await kioskCentre(app, 'name')
    const [issued] = await admin.kiosk.issue({ beneficiaryIds: [beneficiaryId], kinds: ['card'] })
    await admin.beneficiaries.setStatus({ id: beneficiaryId, status: 'inactive' })
    expect(await refusalKey(kiosk.delivery.sitDown({ card: issued?.card ?? '' }))).toBe('beneficiary.inactive')
  })
})

describe('the exit PIN', () => {
  it('ends the kiosk and signs nobody in', async () => {
    await using app = await testApp()
    const { admin, kiosk } = await kioskCentre(app, 'name')
    expect(await refusalKey(kiosk.kiosk.leave({ exitPin: '2468' }))).toBe('kiosk.noExitPin')
    await admin.kiosk.setExitPin({ exitPin: '2468' })
    expect(await kiosk.kiosk.entry()).toEqual({ signIn: 'name', idleSeconds, hasExitPin: true })
    expect(await refusalKey(kiosk.kiosk.leave({ exitPin: '1357' }))).toBe('kiosk.wrongSecret')
    await kiosk.kiosk.leave({ exitPin: '2468' })
    expect(await kiosk.identity.me()).toEqual({ kind: 'nobody' })
  })

  it('makes whoever guesses wait, also after a restart', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, kiosk } = await kioskCentre(app, 'name')
    await admin.kiosk.setExitPin({ exitPin: '2468' })
    for (let i = 0; i < 5; i++) await refusalKey(kiosk.kiosk.leave({ exitPin: '0000' }))
    await app.restart()
    expect(await refusalKey(kiosk.kiosk.leave({ exitPin: '2468' }))).toBe('kiosk.wait')
    clock.pass(1_001)
    await kiosk.kiosk.leave({ exitPin: '2468' })
  })

  it('leaves the other settings of the centre alone', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await app.withDatabase((db) =>
      db
        .updateTable('organizations')
        .set({ settings: { practice: true } })
        .execute(),
    )
    await admin.kiosk.setExitPin({ exitPin: '2468' })
    await admin.kiosk.setSettings({ signIn: 'picture', idleSeconds: 60 })
    expect(await admin.kiosk.settings()).toEqual({ signIn: 'picture', idleSeconds: 60, hasExitPin: true })
    expect(await admin.identity.me()).toMatchObject({ isPractice: true })
  })
})

it('reports the learners of another organization as missing', async () => {
  await using app = await testApp()
  const { beneficiaryId } = await kioskCentre(app, 'pin')
  const { admin: stranger } = await secondCentre(app)
  for (const call of [
    () => stranger.kiosk.issue({ beneficiaryIds: [beneficiaryId], kinds: ['pin'] }),
    () => stranger.kiosk.setSecret({ beneficiaryId, secret: '2468' }),
    () => stranger.kiosk.revoke({ beneficiaryId, kind: 'pin' }),
    () => stranger.kiosk.release({ beneficiaryId }),
  ]) {
    expect(await refusalKey(call())).toBe('beneficiary.notFound')
  }
  expect(await stranger.kiosk.credentials({})).toEqual({ people: [], more: false })
})
