import type { Machine } from './machine.ts'
import { directRound, settle } from './rounds.ts'
import { count, type World } from './world.ts'

/**
 * From now on everything works: after three rounds of each, nothing may be left to do. Whoever hears of an erasure erases after
 * that round, and says so with the next one.
 */
export async function heal(world: World) {
  const rounds = world.recipe === 'erasures' ? 4 : 3
  for (const node of world.nodes) Object.assign(node, { crashIn: undefined, cutIn: undefined })
  for (const call of world.net.calls) call.drop()
  await settle(world)
  await world.server.update()
  for (const { machine } of world.nodes) if (world.random.chance(0.6) && machine.update()) count(world, 'updated')
  for (let again = 0; again < rounds; again += 1) {
    if (again >= 2 && (await isDone(world))) break
    for (const node of world.nodes) if (!node.isRevoked) await directRound(world, node)
  }
  for (const { machine, organizationId, isRevoked } of world.nodes) {
    if (isRevoked) continue
    const { cursor, acknowledged: _, ...queues } = queuesOf(world, machine)
    const head = await world.server.head(organizationId)
    if (Object.values(queues).some((left) => left > 0) || cursor !== head)
      world.violations.push(
        `${machine.name} still has something to do: ${JSON.stringify(queues)}, at ${cursor} of ${head}\n  ${machine.faults().join('\n  ')}`,
      )
  }
}

/** What hangs on a row that the centre has forgotten is not taken: until somebody does something about it, both stay. */
function queuesOf({ counts }: World, machine: Machine) {
  const isHeldUp = (counts['collect'] ?? 0) > 0 && machine.refused().length > 0
  return { ...machine.queues(), ...(isHeldUp && { parked: 0 }) }
}

async function isDone(world: World): Promise<boolean> {
  const { nodes, server } = world
  for (const { machine, organizationId, isRevoked } of nodes) {
    const { cursor, acknowledged: _, ...queues } = queuesOf(world, machine)
    if (
      !isRevoked &&
      (Object.values(queues).some((left) => left > 0) || cursor !== (await server.head(organizationId)))
    )
      return false
  }
  return true
}
