import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ramFolder } from '../../support/ram-folder.ts'
import type { WatchedDisk } from '../disk/watched-disk.ts'

const run = promisify(execFile)

/** What one process is told. */
export interface CutOrder {
  log: string
  folder: string
  /** Where the files of a crash are laid. */
  place: string
  /** The folder of the data within the watched one. */
  data: string
  seed: string
  states: number
  /** Its share: this state, and every `step`th after it. */
  first: number
  step: number
  /** Between which operations the moments lie; the whole log unless told. */
  from?: number
  to?: number
  /** In every so manyth state all learners go on through the door. */
  goOnEvery: number
  /** Operations that are to be looked at as if they had not happened: for a fault that is planted. */
  withoutOperations?: readonly number[]
}

export interface Counts {
  states: number
  /** States in which something was written that no fsync had made last. */
  unsettled: number
  /** States that were taken up again by every learner. */
  goneOn: number
  /** Acknowledged answers that were looked for, over all states. */
  acknowledged: number
  unopenable: number
  corrupt: number
  lost: number
  stuck: number
  examples: string[]
}

export function noCounts(): Counts {
  return {
    states: 0,
    unsettled: 0,
    goneOn: 0,
    acknowledged: 0,
    unopenable: 0,
    corrupt: 0,
    lost: 0,
    stuck: 0,
    examples: [],
  }
}

export interface Recording extends Disposable {
  log: string
  folder: string
}

export interface RecordOptions {
  seed: string
  /** How long the day is; 1 is a few hundred commits. */
  size?: number
  /** A module that is loaded before the program, to plant a fault in it. */
  planted?: string
}

/** Lets the workload run once on a watched disk. */
export async function record(disk: WatchedDisk, { seed, size = 1, planted }: RecordOptions): Promise<Recording> {
  const place = mkdtempSync(join(tmpdir(), 'bdc-power-'))
  const [folder, log, marks] = [join(place, 'disk'), join(place, 'log'), join(place, 'marks')]
  mkdirSync(folder)
  writeFileSync(marks, '')
  const program = join(import.meta.dirname, 'workload.ts')
  const before = planted ? ['--import', join(import.meta.dirname, planted)] : []
  const recording = { log, folder, [Symbol.dispose]: () => rmSync(place, { recursive: true, force: true }) }
  try {
    await run(process.execPath, [...before, program, join(folder, 'data'), marks, seed, String(size)], {
      env: disk.environment({ folder, log, marks }),
    })
    return recording
  } catch (error) {
    recording[Symbol.dispose]()
    throw error
  }
}

export interface CutOptions {
  seed: string
  states: number
  goOnEvery?: number
  from?: number
  to?: number
  withoutOperations?: readonly number[]
  /** Looks at this one of the states alone. */
  only?: number | undefined
}

/** Cuts the power at as many moments of a recording, spread over all processors. */
export async function cutPower(
  { log, folder }: Pick<Recording, 'log' | 'folder'>,
  { only, ...options }: CutOptions,
): Promise<Counts> {
  const program = join(import.meta.dirname, 'cut-child.ts')
  const step = only === undefined ? availableParallelism() : options.states
  const firsts = only === undefined ? Array.from({ length: step }, (_, first) => first) : [only]
  const shares = firsts.map(async (first) => {
    const place = mkdtempSync(join(ramFolder, 'bdc-cut-'))
    const order: CutOrder = { log, folder, place, data: 'data', goOnEvery: 100, ...options, first, step }
    try {
      const { stdout } = await run(process.execPath, [program, JSON.stringify(order)])
      return JSON.parse(stdout) as Counts
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })
  return (await Promise.all(shares)).reduce(sum, noCounts())
}

function sum(a: Counts, b: Counts): Counts {
  return {
    states: a.states + b.states,
    unsettled: a.unsettled + b.unsettled,
    goneOn: a.goneOn + b.goneOn,
    acknowledged: a.acknowledged + b.acknowledged,
    unopenable: a.unopenable + b.unopenable,
    corrupt: a.corrupt + b.corrupt,
    lost: a.lost + b.lost,
    stuck: a.stuck + b.stuck,
    examples: [...a.examples, ...b.examples].slice(0, 5),
  }
}
