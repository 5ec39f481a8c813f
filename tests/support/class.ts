import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import type { Question } from '../../shared/contract/questions.ts'
import { visitorOf } from './app.ts'
import { publishedAssessment, testCentre } from './centre.ts'
import { clientAt, type HttpClient } from './host.ts'

/** One learner at a device of the room, with what the core said it had kept. */
export interface ClassLearner {
  device: HttpClient
  attemptId: number
  questionIds: number[]
  /** Question to the edit and the answer that were acknowledged last. */
  kept: Map<number, { edit: number; answer: string }>
  edit: number
}

const learnerName = (number: number) => `Learner Number${number}`

/** A centre with so many learners and one published assessment; the program that made it has ended. */
export async function preparedClass(dataDir: string, seats: number, questions: Question[]) {
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')) })
  const { admin, email } = await testCentre({ visitor: () => visitorOf(app) })
  const people: number[] = []
  for (let number = 1; number <= seats; number += 1) {
    people.push((await admin.beneficiaries.create({ name: learnerName(number) })).id)
  }
  const { id: assessmentId } = await publishedAssessment(admin, questions)
  await app.close()
  return { email, people, assessmentId }
}

/** What a device does from the first page to the first question. */
export async function comeIn(url: string, code: string, beneficiaryId: number, assessmentId: number) {
  const device = clientAt(url)
  await device.identity.me()
  await device.classroom.join({ code, deviceName: `Phone ${beneficiaryId}` })
  await device.delivery.roster({})
  await device.delivery.sitDown({ beneficiaryId })
  await device.delivery.menu()
  const { attemptId } = await device.delivery.begin({ assessmentId })
  const { questions } = await device.delivery.attempt({ attemptId })
  const questionIds = questions.map(({ id }) => id)
  return { device, attemptId, questionIds, kept: new Map(), edit: 0 } satisfies ClassLearner
}

/** As the page does: again and again until somebody says that it was kept. Returns the milliseconds until then. */
export async function answer(learner: ClassLearner, { isPatient = true } = {}): Promise<number> {
  learner.edit += 1
  const { device, attemptId, questionIds, edit } = learner
  const questionId = questionIds[edit % questionIds.length] ?? 0
  const given = edit % 2 ? 'a' : 'b'
  const begin = performance.now()
  for (;;) {
    const saved = await device.delivery
      .saveAnswer({ attemptId, questionId, answer: given, edit })
      .catch((error: unknown) => {
        if (!isPatient) throw error
        return null
      })
    if (saved?.isKept) break
    await pause(250)
  }
  learner.kept.set(questionId, { edit, answer: given })
  return performance.now() - begin
}

/** How many acknowledged answers the core does not have as they were. */
export async function lostAnswers(learners: readonly ClassLearner[]): Promise<number> {
  let lost = 0
  for (const { device, attemptId, kept } of learners) {
    const { answers } = await device.delivery.attempt({ attemptId })
    const stored = new Map(answers.map(({ questionId, edit, answer }) => [questionId, `${edit} ${answer}`]))
    for (const [questionId, { edit, answer }] of kept) if (stored.get(questionId) !== `${edit} ${answer}`) lost += 1
  }
  return lost
}
