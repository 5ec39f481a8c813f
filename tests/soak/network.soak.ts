import { parseArgs } from 'node:util'
import { fillCentre } from '../bench/sync/data.ts'
import { startStage } from '../bench/sync/stage.ts'

/**
 * A first sync over a bad line, up from one machine and down to another: how long it takes, how many bytes, how many cuts. A
 * round that is cut off is begun again, as the background does.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    'round-trip': { type: 'string', default: '300' },
    bits: { type: 'string', default: '1000000' },
    loss: { type: 'string', default: '5' },
    cut: { type: 'string', default: '20' },
    hours: { type: 'string', default: '2' },
  },
})

const bad = {
  roundTripMs: Number(values['round-trip']),
  bitsPerSecond: Number(values.bits),
  loss: Number(values.loss) / 100,
  cutEveryMs: Number(values.cut) * 1000,
}
const until = performance.now() + Number(values.hours) * 3_600_000

const say = (facts: object) => process.stdout.write(`${JSON.stringify({ soak: 'network', ...facts })}\n`)

await using stage = await startStage()
const organization = await stage.organization('Far away')
const one = await stage.device(organization, { fill: (db) => fillCentre(db, Number(values.rows)) })
const other = await stage.device(organization)
const rows = one.rows()
say({ rows, ...bad })
// Machines join at the centre's own desk; from now on they are far away.
stage.line.become(bad)

for (const [doing, device] of [
  ['up', one],
  ['down', other],
] as const) {
  const { up, down, cuts, lost } = stage.line.counted()
  const began = performance.now()
  const outcomes: Record<string, number> = {}
  for (;;) {
    const outcome = await device.round()
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    if (outcome === 'done') break
    if (outcome !== 'unreachable') throw new Error(`A round ended with ${outcome}.`)
    if (performance.now() > until) throw new Error(`Not all rows came ${doing} in time.`)
  }
  const now = stage.line.counted()
  say({
    doing,
    seconds: Math.round((performance.now() - began) / 1000),
    bytes: now.up - up + now.down - down,
    cuts: now.cuts - cuts,
    lostPackets: now.lost - lost,
    rounds: outcomes,
  })
}
if (other.rows() !== rows) throw new Error(`Of ${rows} rows ${other.rows()} arrived.`)
say({ arrived: other.rows() })
