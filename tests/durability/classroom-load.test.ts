import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { ownNetworks } from '../../main/domains/classroom/networks.ts'
import { startProgram } from '../e2e/program.ts'
import { choice, password, shortAnswer } from '../support/centre.ts'
import { answer, comeIn, lostAnswers, preparedClass } from '../support/class.ts'
import { clientAt } from '../support/host.ts'

const seats = 20

it('loses no answer of a class whose laptop dies in the middle of their answers', { timeout: 90_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bdc-class-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const { email, people, assessmentId } = await preparedClass(dataDir, seats, [choice, shortAnswer, choice])
  let program = await startProgram(dataDir)
  onTestFinished(() => program[Symbol.asyncDispose]())
  const trainer = clientAt(program.url)
  await trainer.identity.signIn({ email, password })
  const address = ownNetworks()[0]?.address ?? '127.0.0.1'
  await trainer.classroom.start({ assessmentIds: [assessmentId], address, port: 0 })
  const room = await trainer.classroom.current()
  const learners = await Promise.all(
    people.map((id) => comeIn(room?.addresses[0] ?? '', room?.code ?? '', id, assessmentId)),
  )

  for (let burst = 0; burst < 5; burst += 1) await Promise.all(learners.map((learner) => answer(learner)))
  expect(await lostAnswers(learners)).toBe(0)

  for (let kill = 0; kill < 2; kill += 1) {
    const under = Promise.all(learners.map((learner) => pause(Math.random() * 60).then(() => answer(learner))))
    await pause(20)
    await program.kill()
    program = await startProgram(dataDir, program.port)
    await under
  }
  expect(learners.map(({ edit }) => edit)).toEqual(Array(seats).fill(7))
  expect(await lostAnswers(learners)).toBe(0)
  expect(await trainer.classroom.current()).toMatchObject({ state: 'listening', deviceCount: seats })
})
