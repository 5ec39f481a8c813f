import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { notWatchableReason, type WatchedDisk, watchedDisk } from '../disk/watched-disk.ts'
import { type Counts, cutPower, record } from './cuts.ts'
import { diskModel, everythingOn } from './disk.ts'
import { type Operation, readLog } from './log.ts'

const states = Number(process.env.BDC_CUT_STATES ?? 1_500)
const seed = process.env.BDC_CUT_SEED ?? String(Date.now())
const reason = notWatchableReason()

/** Of a control there are enough states to tell a fault from none. */
const controlStates = 200
const controlMs = 300_000

describe('a power cut at any moment of a day', { skip: reason !== undefined, meta: { skipReason: reason } }, () => {
  let compiled: WatchedDisk | undefined
  const disk = () => (compiled ??= watchedDisk())
  afterAll(() => compiled?.[Symbol.dispose]())

  async function control(planted: string): Promise<Counts> {
    using recording = await record(disk(), { seed, planted: `planted/${planted}.ts` })
    return await cutPower(recording, { seed, states: controlStates })
  }

  it(`loses no acknowledged answer and leaves no attempt stuck in ${states} states (seed ${seed})`, async () => {
    using recording = await record(disk(), { seed })
    const { acknowledged, unsettled, goneOn, ...counts } = await cutPower(recording, { seed, states })
    expect(counts).toEqual({ states, unopenable: 0, corrupt: 0, lost: 0, stuck: 0, examples: [] })
    expect(unsettled).toBeGreaterThan(states / 2)
    expect(acknowledged).toBeGreaterThan(10 * states)
    expect(goneOn).toBe(states / 100)
  }, 900_000)

  it('is made from a log that misses nothing: played to its end, it gives the very files that are there', async () => {
    using recording = await record(disk(), { seed })
    const { disk: played, happen } = diskModel()
    for (const operation of readLog(recording.log, recording.folder)) happen(operation)
    const files = [...everythingOn(played)]
    expect(files.map(([path]) => path)).toContain('data/bdc.db-wal')
    for (const [path, content] of files) {
      expect({ path, isSame: readFileSync(join(recording.folder, path)).equals(content) }).toEqual({
        path,
        isSame: true,
      })
    }
    const there = readdirSync(join(recording.folder, 'data')).filter((name) => !name.endsWith('-shm'))
    expect(files.map(([path]) => path).sort()).toEqual(there.map((name) => `data/${name}`).sort())
  })

  it(
    'would be noticed if nothing were synchronized: with synchronous=OFF answers are lost and files broken',
    async () => {
      const { lost, corrupt, unopenable } = await control('synchronous-off')
      expect(lost).toBeGreaterThan(controlStates / 10)
      expect(corrupt + unopenable).toBeGreaterThan(controlStates / 50)
    },
    controlMs,
  )

  it(
    'would be noticed if commits were not synchronized: with synchronous=NORMAL answers are lost',
    async () => {
      expect((await control('synchronous-normal')).lost).toBeGreaterThan(controlStates / 10)
    },
    controlMs,
  )

  it(
    'would be noticed if the door answered before the commit',
    async () => {
      expect((await control('early-answer')).lost).toBeGreaterThan(controlStates / 50)
    },
    controlMs,
  )

  it(
    'would be noticed if the name of the key were not made to last',
    async () => {
      using recording = await record(disk(), { seed })
      const operations = readLog(recording.log, recording.folder)
      const { missing, made, settled } = beginningOf(operations)
      const early = { seed, from: made, to: settled }
      expect(await cutPower(recording, { ...early, states: 100 })).toMatchObject({ unopenable: 0, corrupt: 0, lost: 0 })
      const { unopenable } = await cutPower(recording, { ...early, states: 600, withoutOperations: missing })
      expect(unopenable).toBeGreaterThan(10)
    },
    controlMs,
  )
})

/**
 * Where in the log the folder is synchronized after the key and its slots have got their names, where the database gets
 * one, and where the folder is synchronized next, which makes the names of the keys last as well.
 */
function beginningOf(operations: Operation[]) {
  const named = operations.findIndex((one) => one.kind === 'rename' && one.to.endsWith('.key'))
  const made = operations.findIndex((one, index) => index > named && 'path' in one && one.path.endsWith('bdc.db'))
  const settled = operations.findIndex(({ kind }, index) => index > made && kind === 'syncFolder')
  const missing = operations.flatMap(({ kind }, index) =>
    kind === 'syncFolder' && index > named && index < made ? [index] : [],
  )
  expect(missing.length).toBeGreaterThan(0)
  expect(settled).toBeGreaterThan(made)
  return { missing, made, settled }
}
