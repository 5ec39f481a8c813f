import { worldOf } from './beginnings.ts'
import { heal } from './heal.ts'
import { judge } from './judge.ts'
import type { Plan } from './recipes.ts'
import { settle } from './rounds.ts'
import { take } from './take.ts'
import type { Make, Outcome } from './world.ts'

export async function run({ seed, recipe = 'plain', events }: Plan, make: Make): Promise<Outcome> {
  const world = await worldOf(seed, recipe, make)
  try {
    for (const [index, event] of events.entries()) {
      world.counts[event.kind] = (world.counts[event.kind] ?? 0) + 1
      await take(world, event)
      await settle(world)
      if (world.violations.length > 0) {
        world.violations.push(`after event ${index} of ${events.length}`)
        break
      }
    }
    if (world.violations.length === 0) await heal(world)
    if (world.violations.length === 0) await judge(world)
  } finally {
    for (const { machine } of world.nodes) machine.close()
  }
  return { violations: world.violations, counts: world.counts }
}
