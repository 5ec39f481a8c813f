import { join } from 'node:path'
import { chanceFrom } from '../chance.ts'
import { type Fault, goOn, inspect } from '../inspect.ts'
import { noPromises, promise } from '../promises.ts'
import { crash, lay } from './crash.ts'
import { type Counts, type CutOrder, noCounts } from './cuts.ts'
import { type DiskModel, diskModel, type Entry } from './disk.ts'
import { readLog } from './log.ts'

/** A program of its own: plays the log up to each moment that is its share, cuts the power there, and looks. */
const order = JSON.parse(process.argv[2] ?? '') as CutOrder
const operations = readLog(order.log, order.folder).filter(
  (_, index) => !(order.withoutOperations ?? []).includes(index),
)
const { disk, happen }: DiskModel = diskModel()
const promises = noPromises()
const counts: Counts = noCounts()

const { from = 0, to = operations.length } = order
let done = 0
function playUpTo(moment: number) {
  for (; done < moment; done++) {
    const operation = operations[done]
    if (!operation) return
    if (operation.kind === 'mark') promise(promises, operation.mark)
    else happen(operation)
  }
}

function note(state: number, faults: Fault[]) {
  counts.states += 1
  if ([...disk.names].some(isUnsettled)) counts.unsettled += 1
  counts.acknowledged += promises.edits.size
  for (const kind of new Set(faults.map((fault) => fault.kind))) counts[kind] += 1
  const [first] = faults
  if (first && counts.examples.length < 5)
    counts.examples.push(`state ${state}, operation ${done}: ${first.kind}: ${first.what}`)
}

/** The lock holds nothing that anybody reads. */
function isUnsettled([path, entry]: [string, Entry]) {
  return entry !== 'folder' && entry.pending.length > 0 && !path.includes('.lock')
}

for (let state = order.first; state < order.states; state += order.step) {
  // Spread evenly, so that every operation has its turn when there are as many states.
  playUpTo(Math.floor(from + ((state + 1) / order.states) * (to - from)))
  const chance = chanceFrom(`${order.seed} ${state}`)
  lay(order.place, crash(disk, chance))
  const dataDir = join(order.place, order.data)
  const faults = await inspect(dataDir, promises)
  if (faults.length === 0 && state % order.goOnEvery === 0) {
    faults.push(...(await goOn(dataDir, promises)))
    counts.goneOn += 1
  }
  note(state, faults)
}
process.stdout.write(JSON.stringify(counts))
