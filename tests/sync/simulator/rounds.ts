import { type Refused, type Transport, Unreachable } from '../../../main/sync/wire.ts'
import { rowsIn } from '../page.ts'
import { tableNumbered } from '../schema.ts'
import { carryOutOrders } from './erasures.ts'
import { Crash } from './machine.ts'
import { concerns, hiddenFrom, isEmptied } from './scope.ts'
import { count, type Node, organizations, type World } from './world.ts'

export function beginRound(world: World, node: Node) {
  const { machine } = node
  const centre = world.server.transportOf(machine.site)
  const transport = world.net.transportFor(
    machine.name,
    world.recipe === 'people' ? watched(world, node, centre) : centre,
  )
  node.running = machine
    .round({ transport, at: (point) => stopAt(world, node, point), statement: () => cutAt(node) })
    .then(async (outcome) => {
      count(world, `round ${outcome}`)
      if (outcome === 'done') await carryOutOrders(world, node)
    })
    .catch(async (error: unknown) => {
      if (error instanceof Crash) {
        count(world, `crash ${error.message}`)
        machine.restart()
        await carryOutOrders(world, node)
      } else if (error instanceof Unreachable) count(world, 'unreachable')
      else
        world.violations.push(
          `the round of ${machine.name} failed: ${error instanceof Error ? error.stack : String(error)}`,
        )
    })
    .finally(() => {
      node.running = undefined
      node.crashIn = undefined
      node.cutIn = undefined
    })
}

/** Looks at whatever a device of some scope is given. */
function watched({ server, violations }: World, { machine, enrolment }: Node, centre: Transport): Transport {
  return {
    ...centre,
    async pull(request) {
      const reply = await centre.pull(request)
      const all = await server.known(enrolment.organizationId)
      for (const { table: number, id, values } of rowsIn(reply)) {
        const table = tableNumbered(number)
        const shown = hiddenFrom(enrolment, table).filter((column) => (values[column] ?? null) !== null)
        const isTheirs =
          isEmptied(values) || concerns(enrolment, all, table, id, { ...all.get(table)?.get(id), ...values })
        if (!isTheirs || shown.length > 0)
          violations.push(
            `${machine.name} (${enrolment.scope}) is given ${table} ${id}, which is not theirs: ${JSON.stringify(values)}`,
          )
      }
      return reply
    },
  }
}

function stopAt(world: World, node: Node, point: string) {
  count(world, `point ${point}`)
  if (node.crashIn === undefined) return
  node.crashIn -= 1
  if (node.crashIn < 0) throw new Crash(point)
}

function cutAt(node: Node) {
  if (node.cutIn === undefined) return
  node.cutIn -= 1
  if (node.cutIn < 0) throw new Crash('between two statements')
}

export async function afterPush(world: World) {
  for (const { envelope, refused, isTaken } of world.net.envelopes.slice(-2))
    if (isTaken) world.oracle.received(taken(envelope.body, refused))
  for (const id of organizations) world.violations.push(...(await world.server.faults(id)))
}

/** What was not taken is nowhere but on the machine that wrote it. */
export function taken(body: string, refused: readonly Refused[]): string {
  const places = new Set(refused.filter(({ column }) => column === null).map(({ table, id }) => `${table} ${id}`))
  const isTaken = (line: string) => {
    const { table, id }: { table: number; id: number } = JSON.parse(line)
    return !places.has(`${table} ${id}`)
  }
  return places.size === 0 ? body : body.split('\n').filter(isTaken).join('\n')
}

/** Until every machine waits for the centre or for nothing. */
export async function settle(world: World) {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve))
    const isBusy = world.nodes.some(
      ({ machine, running }) => running && !world.net.calls.some(({ from }) => from === machine.name),
    )
    if (!isBusy) return
  }
}

/** A round without faults, from beginning to end. */
export async function directRound(world: World, node: Node) {
  beginRound(world, node)
  for (;;) {
    await settle(world)
    const call = world.net.calls.find(({ from }) => from === node.machine.name)
    if (!call) return
    await call.deliver()
    if (call.kind === 'push') await afterPush(world)
  }
}
