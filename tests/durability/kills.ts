import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '../../main/app.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import type { Id } from '../../shared/contract/base.ts'
import { quickPasswords } from '../support/app.ts'
import type { ClassOrder, Said } from './answering-class.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { type Fault, goOn, inspect } from './inspect.ts'
import { kiosksWithLearners } from './kiosks.ts'
import type { Mark } from './marks.ts'
import { noPromises, promise } from './promises.ts'

const program = join(import.meta.dirname, 'answering-class.ts')
const learners = 4
/** What each restart adds to the wall clock: more than a learner may be away without a line. */
const gapMs = 60_000

export interface Killed {
  kills: number
  acknowledged: number
  handedIn: number
  /** Restarts after which every learner went on. */
  wentOn: number
  /** Attempts that were given the time back in which nothing ran. */
  givenBack: number
  faults: string[]
}

interface Run {
  marks: Mark[]
  alive: Id[]
  /** Milliseconds from its start to its end. */
  lasted: number
  /** The moment it was killed at. */
  moment: Moment
}

/** By turns, so that there are a few kills at each as well. */
const moments = ['start', 'any', 'begin', 'any', 'handIn', 'any'] as const
type Moment = (typeof moments)[number]

/** One centre whose program is killed again and again. */
export async function killAgainAndAgain(kills: number, seed: string): Promise<Killed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bdc-kill-'))
  try {
    return await killIn(dataDir, kills, chanceFrom(`kills ${seed}`))
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function killIn(dataDir: string, kills: number, chance: Chance): Promise<Killed> {
  const promises = noPromises()
  const killed: Killed = { kills: 0, acknowledged: 0, handedIn: 0, wentOn: 0, givenBack: 0, faults: [] }
  const centre = await prepared(dataDir, (mark) => promise(promises, mark))
  let [firstEdit, runMs] = [1, 0]
  const old = new Set<Id>()

  while (killed.kills < kills) {
    killed.kills += 1
    const laterMs = killed.kills * gapMs
    const startedAt = new Date(Date.now() + laterMs).toISOString()
    const moment = moments[killed.kills % moments.length] ?? 'any'
    const run = await runUntilKilled({ dataDir, ...centre, firstEdit, laterMs }, moment, chance)
    runMs += run.lasted
    for (const mark of run.marks) promise(promises, mark)
    const saved = run.marks.flatMap((mark) => (mark.kind === 'saved' ? [mark.edit] : []))
    killed.acknowledged += saved.length
    killed.handedIn += run.marks.filter(({ kind }) => kind === 'handedIn').length
    if (run.alive.length >= learners) killed.wentOn += 1
    // An edit that was under way may have been kept as well.
    firstEdit = Math.max(firstEdit, ...saved) + learners + 1

    const resumed = run.alive.filter((attemptId) => old.has(attemptId))
    for (const attemptId of promises.begun) old.add(attemptId)
    // Not after each: the program itself must find its way as well, with the log of the killed one.
    if (chance.is(0.3) && killed.kills < kills) continue
    const faults = await inspect(dataDir, promises)
    if (faults.length === 0) faults.push(...(await faultsOfTime(dataDir, { resumed, startedAt, runMs })))
    killed.givenBack += resumed.length
    killed.faults.push(...faults.map(({ kind, what }) => `kill ${killed.kills} at ${moment}: ${kind}: ${what}`))
  }
  killed.faults.push(...(await goOn(dataDir, promises)).map(({ what }) => `at the end: ${what}`))
  return killed
}

async function prepared(dataDir: string, mark: (mark: Mark) => void) {
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), passwords: quickPasswords })
  const { assessmentId, seats } = await kiosksWithLearners(app, learners, mark)
  await app.close()
  return { assessmentId, tokens: seats.map((seat) => seat.read() ?? '') }
}

/** @throws when the program ends in any other way than by the kill. */
async function runUntilKilled(order: ClassOrder, moment: Moment, chance: Chance): Promise<Run> {
  const run: Run = { marks: [], alive: [], lasted: 0, moment }
  const startedAt = performance.now()
  const child = spawn(process.execPath, [program, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  const killAfter = (milliseconds: number) => void pause(milliseconds).then(() => child.kill('SIGKILL'))
  if (moment === 'start') killAfter(chance.below(1_200))

  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Said
    if ('mark' in said) run.marks.push(said.mark)
    if ('alive' in said) run.alive.push(said.alive)
    const isEverybodyHere = run.alive.length >= learners
    if (isEverybodyHere && 'about' in said && said.about === moment) child.kill('SIGKILL')
    if (run.alive.length === learners && 'alive' in said && moment !== 'start') {
      killAfter(moment === 'any' ? chance.below(300) : 1_000)
    }
  }
  const signal = await ended
  if (signal !== 'SIGKILL') throw new Error(`The class ended by itself, at kill moment ${moment}.`)
  return { ...run, lasted: performance.now() - startedAt }
}

interface Restart {
  /** Attempts from before this run that gave a sign of life in it. */
  resumed: Id[]
  startedAt: string
  /** How long the program has been running, over all runs. */
  runMs: number
}

/** The time in which nothing ran has a line on each attempt that went on, and counts on none. */
async function faultsOfTime(dataDir: string, { resumed, startedAt, runMs }: Restart): Promise<Fault[]> {
  const database = await openDatabase(join(dataDir, 'bdc.db'), keyFile(join(dataDir, 'bdc.key')))
  try {
    const line = database.connection.prepare(
      `SELECT 1 FROM attempt_incidents WHERE attempt_id = ? AND kind = 'restart' AND happened_at >= ? AND lost_ms >= ?`,
    )
    const without = resumed.filter((attemptId) => line.get(attemptId, startedAt, gapMs / 2) === undefined)
    const most = database.connection.prepare<[], number>('SELECT max(used_ms) FROM attempts').pluck().get() ?? 0
    return [
      ...without.map((id) => ({ kind: 'stuck' as const, what: `attempt ${id} has no line for the lost time` })),
      ...(most > runMs ? [{ kind: 'stuck' as const, what: `${most} ms were counted, ${runMs} ms were there` }] : []),
    ]
  } finally {
    await database.close()
  }
}
