import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { ownNetworks } from '../../main/domains/classroom/networks.ts'
import { type Program, startProgram } from '../e2e/program.ts'
import { visitorOf } from '../support/app.ts'
import { choice, password, publishedAssessment, shortAnswer, testCentre } from '../support/centre.ts'
import { clientAt, type HttpClient } from '../support/host.ts'
import { report, summary } from './measure.ts'

const seats = 60
const questions = Array.from({ length: 20 }, (_, index) => (index % 2 ? choice : shortAnswer))
const examMs = 45_000
/** A learner answers about every six seconds here; real exams are slower. */
const pauseMs = 6_000

interface Learner {
  device: HttpClient
  attemptId: number
  questionIds: number[]
  /** What the core said it had kept: question to edit. */
  kept: Map<number, number>
  edit: number
}

async function prepare(dataDir: string) {
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')) })
  const { admin, email } = await testCentre({ visitor: () => visitorOf(app) })
  const people: number[] = []
  for (let number = 1; number <= seats; number += 1) {
    people.push((await admin.beneficiaries.create({ name: `Learner Number${number}` })).id)
  }
  const { id: assessmentId } = await publishedAssessment(admin, questions)
  await app.close()
  return { email, people, assessmentId }
}

/** A whole class comes in at once: code, name, attempt, first look at the questions. */
async function comeIn(url: string, code: string, beneficiaryId: number, assessmentId: number): Promise<Learner> {
  const device = clientAt(url)
  await device.identity.me()
  await device.classroom.join({ code, deviceName: `Phone ${beneficiaryId}` })
  await device.delivery.roster({})
  await device.delivery.sitDown({ beneficiaryId })
  await device.delivery.menu()
  const { attemptId } = await device.delivery.begin({ assessmentId })
  const { questions: asked } = await device.delivery.attempt({ attemptId })
  return { device, attemptId, questionIds: asked.map(({ id }) => id), kept: new Map(), edit: 0 }
}

/** As the page does: again and again until somebody says that it was kept. Returns the milliseconds until then. */
async function answer(learner: Learner, isPatient = true): Promise<number> {
  learner.edit += 1
  const { device, attemptId, questionIds, edit } = learner
  const questionId = questionIds[edit % questionIds.length] ?? 0
  const begin = performance.now()
  for (;;) {
    const saved = await device.delivery
      .saveAnswer({ attemptId, questionId, answer: edit % 2 ? 'a' : 'b', edit })
      .catch((error: unknown) => {
        if (!isPatient) throw error
        return null
      })
    if (saved?.isKept) break
    await pause(250)
  }
  learner.kept.set(questionId, edit)
  return performance.now() - begin
}

async function lostAnswers(learners: readonly Learner[]): Promise<number> {
  let lost = 0
  for (const { device, attemptId, kept } of learners) {
    const { answers } = await device.delivery.attempt({ attemptId })
    const stored = new Map(answers.map(({ questionId, edit }) => [questionId, edit]))
    for (const [questionId, edit] of kept) if (stored.get(questionId) !== edit) lost += 1
  }
  return lost
}

const [network] = ownNetworks()
if (!network) throw new Error('This machine is on no network, so there is no room to measure.')
const dataDir = mkdtempSync(join(tmpdir(), 'bdc-room-bench-'))
const { email, people, assessmentId } = await prepare(dataDir)
let program: Program = await startProgram(dataDir)
try {
  const trainer = clientAt(program.url)
  await trainer.identity.signIn({ email, password })
  await trainer.classroom.start({ assessmentIds: [assessmentId], address: network.address, port: 0 })
  const room = await trainer.classroom.current()
  const [url = ''] = room?.addresses ?? []
  const data = `${seats} clients over HTTP at ${network.name}, ${questions.length} questions; encrypted, WAL, synchronous=FULL`

  const begin = performance.now()
  const learners = await Promise.all(people.map((id) => comeIn(url, room?.code ?? '', id, assessmentId)))
  report('classroom: a class of 60 comes in at once', { totalMs: Math.round(performance.now() - begin), data })

  const durations: number[] = []
  const end = performance.now() + examMs
  await Promise.all(
    learners.map(async (learner) => {
      while (performance.now() < end) {
        await pause(Math.random() * 2 * pauseMs)
        durations.push(await answer(learner, false))
        await learner.device.delivery.stay({
          attemptId: learner.attemptId,
          questionId: learner.questionIds[learner.edit % learner.questionIds.length] ?? 0,
        })
      }
    }),
  )
  report('classroom: saves at exam pace', { ...summary(durations), data })

  const bursts: number[] = []
  for (let burst = 0; burst < 10; burst += 1) {
    bursts.push(...(await Promise.all(learners.map((learner) => answer(learner, false)))))
    await pause(1_000)
  }
  report('classroom: all 60 save in the same moment', { ...summary(bursts), data })

  const isKilled = pause(50).then(() => program.kill())
  const under = Promise.all(learners.map((learner) => pause(Math.random() * 100).then(() => answer(learner))))
  await isKilled
  const killedAt = performance.now()
  program = await startProgram(dataDir, program.port)
  const upMs = performance.now() - killedAt
  await under
  report('classroom: killed in the middle of saves, all answers back', {
    upMs: Math.round(upMs),
    totalMs: Math.round(performance.now() - killedAt),
    lost: await lostAnswers(learners),
    data,
  })
} finally {
  await program[Symbol.asyncDispose]()
  rmSync(dataDir, { recursive: true, force: true })
}
