import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { type App, createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { DiskTrouble } from '../../shared/contract/base.ts'
import { type Client, quickPasswords, visitorOf } from '../support/app.ts'
import { goOn, inspect } from './inspect.ts'
import { type Kiosks, kiosksWithLearners } from './kiosks.ts'
import { answerOf } from './marks.ts'
import { noPromises, type Promises, promise } from './promises.ts'

/** What the program is told. */
export interface DiskOrder {
  /** The watched folder, a folder that is not watched, and the file that takes the orders of the watched disk. */
  folder: string
  aside: string
  faultFile: string
  call: 'write' | 'sync' | 'truncate' | 'open'
  errno: number
  /** Fails once, or from then on until there is no fault any more. */
  how: 'once' | 'on'
  first: number
  step: number
  most: number
}

export interface DiskCounts {
  /** Calls of this kind that failed, each in a run of its own. */
  failed: number
  /** Runs in which not even the start came through. */
  startsRefused: number
  acknowledged: number
  refused: number
  faults: string[]
}

/** A program of its own: learners answer while one call to the disk fails, then while all is well again. */
const order = JSON.parse(process.argv[2] ?? '') as DiskOrder
const dataDir = join(order.folder, 'data')
const template = join(order.aside, `template-${process.pid}`)
const counts: DiskCounts = { failed: 0, startsRefused: 0, acknowledged: 0, refused: 0, faults: [] }
const furnished = noPromises()
const kiosks = await furnish()

function open(): Promise<App> {
  return createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), passwords: quickPasswords })
}

async function furnish(): Promise<Kiosks> {
  const app = await open()
  const centre = await kiosksWithLearners(app, 2, (mark) => promise(furnished, mark))
  await app.close()
  cpSync(dataDir, template, { recursive: true })
  return centre
}

function arm(number: number) {
  rmSync(`${order.faultFile}.fired`, { force: true })
  writeFileSync(order.faultFile, `${order.call} ${number} ${order.errno} ${order.how}`)
}

function disarm() {
  writeFileSync(order.faultFile, 'none')
}

const hasFired = () => existsSync(`${order.faultFile}.fired`)

interface Sitting {
  learner: Client
  attemptId: number
  questions: { id: number }[]
}

/** The answers of one run, with the numbers that the screen would give them. */
function learnersOf(app: App, promises: Promises) {
  const sittings: (Sitting | undefined)[] = kiosks.seats.map(() => undefined)
  let edit = 0

  async function sit(index: number): Promise<Sitting> {
    const learner = visitorOf(app, kiosks.seats[index])
    const { attemptId } = await learner.delivery.begin({ assessmentId: kiosks.assessmentId })
    promise(promises, { kind: 'begun', attemptId })
    return { learner, attemptId, questions: (await learner.delivery.attempt({ attemptId })).questions }
  }

  return async function answer(): Promise<'kept' | 'refused'> {
    edit += 1
    const index = edit % sittings.length
    try {
      const sitting = (sittings[index] ??= await sit(index))
      const { learner, attemptId, questions } = sitting
      const questionId = questions[edit % questions.length]?.id ?? 0
      const { isKept } = await learner.delivery.saveAnswer({ attemptId, questionId, answer: answerOf(edit), edit })
      if (!isKept) throw new Error(`Edit ${edit} was not taken.`)
      promise(promises, { kind: 'saved', attemptId, questionId, edit })
      counts.acknowledged += 1
      return 'kept'
    } catch (error) {
      if (!(error instanceof ORPCError && DiskTrouble.safeParse(error.data).success)) throw error
      counts.refused += 1
      return 'refused'
    }
  }
}

/** @throws when something is refused after all is well again, or refused without a word about the disk. */
async function liveThroughIt(promises: Promises) {
  const app = await open()
  try {
    const answer = learnersOf(app, promises)
    for (let left = 250; left > 0 && !hasFired(); left--) await answer()
    for (let more = 0; more < 3; more++) await answer()
    if (hasFired()) {
      disarm()
      for (let after = 0; after < 4; after++) {
        if ((await answer()) === 'refused') throw new Error('An answer is refused though all is well again.')
      }
    }
  } finally {
    // What did not happen until now may happen while the program ends.
    await app.close()
    disarm()
  }
}

async function failAt(number: number): Promise<boolean> {
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(order.folder, { recursive: true })
  cpSync(template, dataDir, { recursive: true })
  const promises = structuredClone(furnished)
  arm(number)
  try {
    await liveThroughIt(promises)
  } catch (error) {
    disarm()
    // A disk that fails while the program starts may stop it; while somebody answers, nothing may.
    if (promises.begun.size > 0) counts.faults.push(`${order.call} ${number}: ${String(error)}`)
    else counts.startsRefused += 1
  }
  const isFired = hasFired()
  const faults = await inspect(dataDir, promises)
  if (number % 10 === 0) faults.push(...(await goOn(dataDir, promises)))
  counts.faults.push(...faults.map(({ kind, what }) => `${order.call} ${number}: ${kind}: ${what}`))
  return isFired
}

for (let number = order.first; number <= order.most; number += order.step) {
  if (!(await failAt(number))) break
  counts.failed += 1
}
process.stdout.write(JSON.stringify(counts))
