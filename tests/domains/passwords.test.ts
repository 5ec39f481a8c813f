import { hash } from '@node-rs/bcrypt'
import { describe, expect, it } from 'vitest'
import { passwordQueue } from '../../main/domains/identity/password-queue.ts'
import { bcryptPasswords, noPassword } from '../../main/domains/identity/passwords.ts'
import { testApp } from '../support/app.ts'
import { password, testCentre } from '../support/centre.ts'

describe('a password', () => {
  it.each(['x'.repeat(73), 'ü'.repeat(37), '😀'.repeat(19)])(
    'of more than 72 bytes is not hashed, and matches nothing',
    async (long) => {
      const passwords = bcryptPasswords(4)
      await expect(passwords.hash(long)).rejects.toThrow()
      const imported = await hash(long, { cost: 4 })
      expect(await passwords.match(long, imported)).toBe(false)
    },
  )

  it.each(['x'.repeat(72), 'ü'.repeat(36), '😀'.repeat(18), 'كلمة سر طويلة'])(
    'of 72 bytes at most matches itself alone',
    async (longest) => {
      const passwords = bcryptPasswords(4)
      const stored = await passwords.hash(longest)
      expect(await passwords.match(longest, stored)).toBe(true)
      expect(await passwords.match(`${longest}x`, stored)).toBe(false)
      expect(await passwords.match(longest.slice(0, -2), stored)).toBe(false)
    },
  )

  it('is known by the hashes of PHP and of older programs', async () => {
    const passwords = bcryptPasswords(4)
    const own = await hash('correct horse', { cost: 4 })
    for (const prefix of ['$2y$', '$2a$', '$2b$']) {
      expect(await passwords.match('correct horse', own.replace('$2b$', prefix))).toBe(true)
      expect(await passwords.match('wrong horse', own.replace('$2b$', prefix))).toBe(false)
    }
  })

  it.each([undefined, noPassword, '', 'correct horse', '$2b$04$short', '5f4dcc3b5aa765d61d8327deb882cf99'])(
    'never matches %j instead of a hash',
    async (stored) => {
      expect(await bcryptPasswords(4).match('correct horse', stored)).toBe(false)
    },
  )

  it('costs 12 unless told', async () => {
    expect(await bcryptPasswords().hash('correct horse')).toMatch(/^\$2b\$12\$/)
  })

  it('is hashed anew at a sign-in when the stored hash costs less than today, and stays the same password', async () => {
    await using app = await testApp()
    const { email } = await testCentre(app)
    const cheap = (await hash(password, { cost: 4 })).replace('$2b$', '$2y$')
    expect(await bcryptPasswords(5).renew(password, cheap)).toMatch(/^\$2b\$05\$/)
    expect(await bcryptPasswords(4).renew(password, cheap)).toBeUndefined()
    await app.withDatabase((db) => db.updateTable('users').set({ password_hash: cheap }).execute())
    await app.visitor().identity.signIn({ email, password })
    const stored = () =>
      app.withDatabase((db) => db.selectFrom('users').select('password_hash').executeTakeFirstOrThrow())
    expect((await stored()).password_hash).toBe(cheap)
    await app.reopenWith(bcryptPasswords(5))
    await app.visitor().identity.signIn({ email, password })
    expect((await stored()).password_hash).toMatch(/^\$2b\$05\$/)
    await app.visitor().identity.signIn({ email, password })
  })
})

describe('hashing', () => {
  it('goes on two at a time in the order of asking, and refuses beyond its queue', async () => {
    const inTurn = passwordQueue({ atOnce: 2, waiting: 3 })
    const begun: number[] = []
    const ends: (() => void)[] = []
    const asked = Array.from({ length: 6 }, (_, index) =>
      inTurn(() => {
        begun.push(index)
        return new Promise<void>((resolve) => ends.push(resolve))
      }),
    )
    await expect(asked[5]).rejects.toMatchObject({ code: 'throttled', key: 'identity.busy' })
    expect(begun).toEqual([0, 1])
    for (const [place, expected] of [
      [1, [0, 1, 2]],
      [0, [0, 1, 2, 3]],
      [2, [0, 1, 2, 3, 4]],
    ] as const) {
      ends[place]?.()
      await asked[place]
      await Promise.resolve()
      expect(begun).toEqual(expected)
    }
    for (const end of ends) end()
    await Promise.all(asked.slice(0, 5))
  })

  it('leaves the main thread free', async () => {
    const passwords = bcryptPasswords(11)
    await passwords.hash('warm up')
    const started = performance.now()
    const hashing = passwords.hash('correct horse')
    const synchronous = performance.now() - started
    await hashing
    expect(synchronous).toBeLessThan((performance.now() - started) / 4)
  })

  it('takes as long for an unknown account and for a cheaper hash as for a wrong password', async () => {
    const passwords = bcryptPasswords(9)
    const stored = await passwords.hash('correct horse')
    const cheap = await hash('correct horse', { cost: 7 })
    await passwords.match('warm up', cheap)
    const times = { wrong: [] as number[], unknown: [] as number[], cheap: [] as number[] }
    for (let round = 0; round < 15; round++) {
      times.wrong.push(await timeOf(() => passwords.match('wrong horse', stored)))
      times.unknown.push(await timeOf(() => passwords.match('wrong horse', undefined)))
      times.cheap.push(await timeOf(() => passwords.match('wrong horse', cheap)))
    }
    const wrong = median(times.wrong)
    for (const other of [times.unknown, times.cheap]) {
      expect(median(other) / wrong).toBeGreaterThan(0.6)
      expect(median(other) / wrong).toBeLessThan(1.6)
    }
  })
})

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
