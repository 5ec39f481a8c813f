import type { PostgresServer } from '../../../support/postgres.ts'
import { agree, insertPerson } from '../../device/device.ts'
import type { TestCentre } from '../centre.ts'
import { realDevice } from '../real-device.ts'

/** There once the first test runs. */
export interface Stage {
  server: PostgresServer
  centre: TestCentre
}

/** An organization with a trainer, the computer of the office, and the laptop of the trainer. */
async function office(stage: Stage, name: string) {
  const organizationId = await stage.centre.organization(name)
  const desk = await realDevice(stage, organizationId, null)
  const email = `${name.toLowerCase()}-${organizationId}@centre.example`
  const trainer = await desk.insert('users', { email, password_hash: '!', name: `Trainer of ${name}`, role: 'trainer' })
  await agree(desk)
  const laptop = await realDevice(stage, organizationId, trainer)
  await agree(laptop)
  return { organizationId, desk, laptop, trainer, email }
}

/** A person of the first of two organizations. */
export async function twoOffices(stage: Stage) {
  const [from, to] = [await office(stage, 'South'), await office(stage, 'North')]
  const { id, userId } = await insertPerson(from.desk, 'Lina')
  await from.desk.update('beneficiaries', id, { trainer_id: from.trainer, notes: 'first' })
  return { from, to, id, userId, there: { organizationId: to.organizationId, trainer: to.email } }
}
