import { expect } from 'vitest'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import { testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { refusalKey } from '../../support/refusal.ts'

export const minute = 60_000
export const hour = 60 * minute
export const next = 'seven green boats'

export async function centre() {
  const clock = testClock()
  const app = await testApp({ clock })
  const { admin, email } = await testCentre(app)
  const trainer = await testTrainer(app, admin)
  const me = await trainer.identity.me()
  if (me.kind !== 'user') throw new Error('The trainer is not signed in.')
  return { app, clock, admin, email, trainer, tom: me.user }
}

/** The seconds that the refusal of a call asks to wait. */
export async function secondsOf(call: Promise<unknown>): Promise<number> {
  const error = await call.catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 429, data: { key: 'identity.wait' } })
  return (error as { data: { params: { seconds: number } } }).data.params.seconds
}

export async function wrongTries(visitor: Client, email: string, count: number) {
  const keys: string[] = []
  for (let index = 0; index < count; index++) {
    keys.push(await refusalKey(visitor.identity.signIn({ email, password: 'not this one' })))
  }
  return keys
}

export async function actions(app: TestApp): Promise<string[]> {
  const rows = await app.withDatabase((db) => db.selectFrom('activity_logs').select('action').execute())
  return rows.map(({ action }) => action)
}
