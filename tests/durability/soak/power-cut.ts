import { copyFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { notWatchableReason, watchedDisk } from '../disk/watched-disk.ts'
import { cutPower, record } from '../power-cut/cuts.ts'

/**
 * Cuts the power as often as wanted, on a new and longer day every 20,000 states, and prints a line for each. The first
 * state that breaks a promise ends it; its recording stays, and the seed brings the same cut again.
 */
const { values } = parseArgs({
  options: { states: { type: 'string', default: '500000' }, seed: { type: 'string', default: String(Date.now()) } },
})
const states = Number(values.states)
const statesOfOneDay = 20_000

const reason = notWatchableReason()
if (reason !== undefined) throw new Error(`The power cannot be cut here: ${reason}.`)
using disk = watchedDisk()
for (let done = 0, day = 1; done < states && process.exitCode === undefined; day++) {
  const seed = `${values.seed}-${day}`
  using recording = await record(disk, { seed, size: 1 + (day % 3) })
  const counts = await cutPower(recording, { seed, states: Math.min(statesOfOneDay, states - done) })
  done += counts.states
  process.stdout.write(`${JSON.stringify({ soak: 'power cut', seed: values.seed, day, done, ...counts })}\n`)
  if (counts.unopenable + counts.corrupt + counts.lost + counts.stuck === 0) continue
  const kept = join(tmpdir(), `bdc-power-cut-${seed}.log`)
  copyFileSync(recording.log, kept)
  process.stderr.write(`A promise is broken. The recording is ${kept}.\n`)
  process.exitCode = 1
}
