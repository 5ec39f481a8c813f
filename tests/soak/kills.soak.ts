import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { killAgainAndAgain } from '../durability/kills.ts'

/** Kills the program as often as wanted, with a new centre every 50 kills, and prints a line for each of them. */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '5000' }, seed: { type: 'string', default: String(Date.now()) } },
})
const kills = Number(values.kills)
const killsOfOneCentre = 50
let begun = 0

async function centreAfterCentre() {
  while (begun < kills && process.exitCode === undefined) {
    const own = Math.min(killsOfOneCentre, kills - begun)
    begun += own
    const seed = `${values.seed}-${begun}`
    const killed = await killAgainAndAgain(own, seed)
    process.stdout.write(`${JSON.stringify({ soak: 'kills', seed, ...killed })}\n`)
    if (killed.faults.length > 0) process.exitCode = 1
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, centreAfterCentre))
