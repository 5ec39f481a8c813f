import { copyFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { notWatchableReason, watchedDisk } from '../durability/disk/watched-disk.ts'
import { type Counts, cutPower, record } from '../durability/power-cut/cuts.ts'

/**
 * Cuts the power as often as wanted, on a new and longer day every 20,000 states, and prints a line for each. The first
 * broken promise ends it; the recording of that day stays, and is looked at again with the words that are printed.
 */
const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '500000' },
    seed: { type: 'string', default: String(Date.now()) },
    log: { type: 'string' },
    folder: { type: 'string' },
    state: { type: 'string' },
  },
})
const { seed, log, folder } = values
const states = Number(values.states)
const statesOfOneDay = 20_000

function report(facts: object, counts: Counts): boolean {
  process.stdout.write(`${JSON.stringify({ soak: 'power cut', ...facts, ...counts })}\n`)
  const isKept = counts.unopenable + counts.corrupt + counts.lost + counts.stuck === 0
  if (!isKept) process.exitCode = 1
  return isKept
}

async function cutDayAfterDay() {
  const reason = notWatchableReason()
  if (reason !== undefined) throw new Error(`The power cannot be cut here: ${reason}.`)
  using disk = watchedDisk()
  for (let done = 0, day = 1; done < states; day++) {
    const today = `${seed}-${day}`
    const statesToday = Math.min(statesOfOneDay, states - done)
    using recording = await record(disk, { seed: today, size: 1 + (day % 3) })
    done += statesToday
    if (report({ seed: today, done }, await cutPower(recording, { seed: today, states: statesToday }))) continue
    const kept = join(tmpdir(), `bdc-power-cut-${today}.log`)
    copyFileSync(recording.log, kept)
    const words = `--log ${kept} --folder ${recording.folder} --seed ${today} --states ${statesToday}`
    process.stderr.write(`A promise is broken. Again: npm run soak:power-cut -- ${words} --state <number>\n`)
    return
  }
}

if (log === undefined || folder === undefined) await cutDayAfterDay()
else {
  const only = values.state === undefined ? undefined : Number(values.state)
  report({ seed, log }, await cutPower({ log, folder }, { seed, states, only }))
}
