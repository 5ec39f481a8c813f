import type { App } from '../../main/app.ts'
import type { Credentials } from '../../main/context.ts'
import { memoryCredentials, visitorOf } from '../support/app.ts'
import { choice, essay, publishedAssessment, seatedKiosk, shortAnswer, testCentre } from '../support/centre.ts'
import type { Mark } from './marks.ts'

const optional = { required: false } as const
const questions = [{ ...choice, ...optional }, shortAnswer, essay, { ...choice, ...optional }, shortAnswer, essay]

export interface Kiosks {
  admin: Credentials
  assessmentId: number
  /** One for each learner. */
  seats: Credentials[]
}

/** A centre with a published assessment and learners at kiosks; `mark` hears what was acknowledged. */
export async function kiosksWithLearners(app: App, count: number, mark: (mark: Mark) => void): Promise<Kiosks> {
  const opened: Credentials[] = []
  const entrance = {
    visitor() {
      const credentials = memoryCredentials()
      opened.push(credentials)
      return visitorOf(app, credentials)
    },
  }
  const { admin, email } = await testCentre(entrance)
  mark({ kind: 'centre', email })
  const limits = { timeLimit: 600, attemptsAllowed: 100 }
  const { id: assessmentId } = await publishedAssessment(admin, questions, limits)
  mark({ kind: 'published', assessmentId })
  const seats: Credentials[] = []
  for (let learner = 1; learner <= count; learner++) {
    const { beneficiaryId } = await seatedKiosk(entrance, admin, `Learner ${learner}`)
    const seat = lastOf(opened)
    mark({ kind: 'seated', beneficiaryId, token: seat.read() ?? '' })
    seats.push(seat)
  }
  return { admin: opened[0] ?? lastOf(opened), assessmentId, seats }
}

function lastOf<T>(things: readonly T[]): T {
  const last = things.at(-1)
  if (last === undefined) throw new Error('There is none yet.')
  return last
}
