import { cpus, totalmem } from 'node:os'
import { report } from './measure.ts'
import { editPeople, fillCentre } from './sync/data.ts'
import { effortOf } from './sync/effort.ts'
import { copied, written } from './sync/floors.ts'
import type { Doc, PeerResult } from './sync/peer.ts'
import { batchSizes, throughPouchDB } from './sync/pouchdb.ts'
import { throughRxDB } from './sync/rxdb.ts'
import { type BenchDevice, startStage } from './sync/stage.ts'

/** The same rows through everything, one after the other. */
const wanted = Number(process.env.BENCH_ROWS ?? 100_000)
const aims = { up: 10_000, down: 40_000, deltaSeconds: 0.5, bytesPerRow: 60, timesPouchUp: 5, timesPouchDown: 10 }

const rounded = (value: number, digits = 2) => Number(value.toFixed(digits))

/** Until it is done, as the background does; how often it was cut off, because the centre was busy with somebody else. */
async function round(device: BenchDevice): Promise<number> {
  for (let cutOff = 0; ; cutOff += 1) {
    const outcome = await device.round()
    if (outcome === 'done') return cutOff
    if (outcome !== 'unreachable' || cutOff === 20) throw new Error(`A round ended with ${outcome}.`)
  }
}

await using stage = await startStage()
const { counted } = stage.line
report('sync: machine', {
  cores: cpus().length,
  model: cpus()[0]?.model,
  memoryGiB: rounded(totalmem() / 2 ** 30, 1),
  ends: 'SQLite in encrypted files with synchronous=FULL; gateway over TLS in a thread; PostgreSQL with fsync',
})

const organization = await stage.organization('Bench')
const trainers = Array.from({ length: 19 }, (_, number) => `trainer-${number}@bench.example`)
const one = await stage.device(organization, { fill: (db) => fillCentre(db, wanted, trainers) })
const rows = one.rows()
const up = await effortOf(() => round(one))
const states = one.replica
  .prepared<string>('SELECT body FROM sync_bodies ORDER BY number')
  .pluck()
  .all()
  .flatMap((body) => body.split('\n'))
const bytesUp = counted().up
report('sync: up', {
  rows: states.length,
  ...up,
  perSecond: Math.round(states.length / up.seconds),
  aim: aims.up,
  isWithinAim: states.length / up.seconds >= aims.up,
  bytesPerRow: rounded(bytesUp / states.length, 1),
  aimBytesPerRow: aims.bytesPerRow,
  areBytesWithinAim: bytesUp / states.length <= aims.bytesPerRow,
  plainBytesPerRow: Math.round(states.join('\n').length / states.length),
  data: 'people with profiles and files, assessments, attempts, answers and results, as the program fills a centre for trials',
})

const other = await stage.device(organization)
const before = counted().down
const down = await effortOf(() => round(other))
if (other.rows() !== rows) throw new Error(`Of ${rows} rows ${other.rows()} came down.`)
report('sync: down', {
  rows,
  ...down,
  perSecond: Math.round(rows / down.seconds),
  aim: aims.down,
  isWithinAim: rows / down.seconds >= aims.down,
  bytesPerRow: rounded((counted().down - before) / rows, 1),
})

await editPeople(one, 1000, 'Changed once')
const delta = await effortOf(async () => {
  await round(one)
  await round(other)
})
report('sync: a thousand changed rows, up and down', {
  ...delta,
  aimSeconds: aims.deltaSeconds,
  isWithinAim: delta.seconds <= aims.deltaSeconds,
})

await editPeople(one, 1000, 'Changed by one')
await editPeople(other, 1000, 'Changed by the other')
const conflicting = await effortOf(async () => {
  await round(one)
  await round(other)
  await round(one)
})
const conflicts = one.replica.prepared<number>('SELECT count(*) FROM sync_conflicts').pluck().get() ?? 0
report('sync: a thousand rows that both have changed', {
  rounds: 3,
  ...conflicting,
  conflicts,
  perSecond: Math.round(conflicts / conflicting.seconds),
})

const laptop = await stage.device(organization, { trainer: trainers[0] })
const first = await effortOf(() => round(laptop))
report('sync: the laptop of one of nineteen trainers, for the first time', {
  rowsDown: laptop.rows(),
  rowsAtCentre: rows + conflicts,
  ...first,
})
const theirs = await editPeople(laptop, 200, 'Changed by their trainer')
const field = await effortOf(() => round(laptop))
const heard = await effortOf(() => round(one))
report('sync: what a trainer has changed, from the laptop to the office', {
  rowsUp: theirs,
  laptop: field,
  office: heard,
})

const shared = await stage.organization('Ten devices')
const ten: BenchDevice[] = []
for (let number = 0; number < 10; number += 1)
  ten.push(await stage.device(shared, { fill: (db) => fillCentre(db, wanted / 100) }))
const ofEach = ten.map((device) => device.rows())
let cutOff = 0
const together = await effortOf(async () => {
  for (const times of [await Promise.all(ten.map(round)), await Promise.all(ten.map(round))].flat()) cutOff += times
})
const tenUp = ofEach.reduce((sum, its) => sum + its, 0)
const tenDown = ten.reduce((sum, device) => sum + device.rows(), 0) - tenUp
report('sync: ten devices at once, two rounds each', {
  rowsUp: tenUp,
  rowsDown: tenDown,
  roundsCutOff: cutOff,
  ...together,
  perSecond: Math.round((tenUp + tenDown) / together.seconds),
})

const copySeconds = await copied(stage.operator, states)
report('sync: floor, COPY', { rows: states.length, perSecond: Math.round(states.length / copySeconds) })
report('sync: floor, SQLite', { rows: states.length, perSecond: Math.round(states.length / written(states)) })

const docs = states.map((text): Doc => {
  const { table, id, values }: { table: number; id: number; values: object } = JSON.parse(text)
  return { name: `${table}-${id}`, table, values }
})

function reportPeer(name: string, { rows: arrived, ...peer }: PeerResult, about: string) {
  if (arrived !== docs.length) throw new Error(`Of ${docs.length} rows ${arrived} came through ${name}.`)
  const times = { up: peer.up.seconds / up.seconds, down: peer.down.seconds / down.seconds }
  report(`sync: ${name} on the same rows`, {
    rows: arrived,
    up: { ...peer.up, perSecond: Math.round(arrived / peer.up.seconds) },
    down: { ...peer.down, perSecond: Math.round(arrived / peer.down.seconds) },
    bytesPerRowUp: rounded(peer.bytesUp / arrived, 1),
    bytesPerRowDown: rounded(peer.bytesDown / arrived, 1),
    timesFasterUp: rounded(times.up, 1),
    timesFasterDown: rounded(times.down, 1),
    about,
  })
  return times
}

const pouchAbout = 'LevelDB without fsync, express-pouchdb over HTTP in a thread of its own, not encrypted'
for (const [choice, batchSize] of Object.entries(batchSizes)) {
  const name = `PouchDB, batches of ${batchSize}`
  const pouch = reportPeer(name, await throughPouchDB(docs, batchSize), `${pouchAbout}; ${choice} size of its batches`)
  report(`sync: aims beside ${name}`, {
    timesUp: rounded(pouch.up, 1),
    aimUp: aims.timesPouchUp,
    isUpWithinAim: pouch.up >= aims.timesPouchUp,
    timesDown: rounded(pouch.down, 1),
    aimDown: aims.timesPouchDown,
    isDownWithinAim: pouch.down >= aims.timesPouchDown,
  })
}
reportPeer(
  'RxDB',
  await throughRxDB(docs),
  'in memory at both ends and in the server: nothing is on a disk, no storage that lasts is free in Node',
)
