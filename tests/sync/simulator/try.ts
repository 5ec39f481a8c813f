import { shrunk } from './shrink.ts'
import { planOf, run } from './world.ts'

const [from = '0', to = '100'] = process.argv.slice(2)
const began = performance.now()
const counts: Record<string, number> = {}
let bad = 0
for (let seed = Number(from); seed < Number(to); seed += 1) {
  const { violations, counts: its } = await run(planOf(seed))
  for (const [what, count] of Object.entries(its)) counts[what] = (counts[what] ?? 0) + count
  if (violations.length > 0) {
    bad += 1
    if (process.argv[4] && bad === 1) {
      const fewer = await shrunk(planOf(seed))
      console.log(JSON.stringify(fewer))
      console.log((await run(fewer)).violations)
    }
    if (bad < 6) console.log(seed, violations.slice(0, 4).join('\n').slice(0, 1800))
  }
}
console.log(bad, 'bad', performance.now() - began, 'ms', counts)
