import { parseArgs } from 'node:util'
import { modelMachines, realMachines } from '../sync/simulator/machines.ts'
import { referenceServer } from '../sync/simulator/reference-server.ts'
import { trySeeds } from '../sync/simulator/seeds.ts'

/**
 * Tries as many worlds of machines, a centre and faults as wanted and prints a line for every thousand. One in ten has real
 * databases and the program's own code, the others the model of it, which is faster. With `--real` all of them are real.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    real: { type: 'boolean', default: false },
  },
})
const seeds = Number(values.seeds)
const first = Number(values.seed)
const kinds = {
  model: { ...modelMachines(), server: referenceServer },
  real: { ...realMachines(), server: referenceServer },
}
const block = 1000

for (let from = first; from < first + seeds && process.exitCode === undefined; from += block) {
  const kind = values.real || ((from - first) / block) % 10 === 0 ? 'real' : 'model'
  const range = { from, count: Math.min(block, first + seeds - from) }
  const { broken, counts } = await trySeeds(kinds[kind], range)
  process.stdout.write(
    `${JSON.stringify({ soak: 'sync', kind, ...range, broken: broken?.violations, plan: broken?.plan, counts })}\n`,
  )
  if (broken) process.exitCode = 1
}
