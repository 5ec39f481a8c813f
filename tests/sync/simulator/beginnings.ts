import type { Enrolment } from '../../../main/sync/wire.ts'
import { readSchema, type TableSchema } from '../schema.ts'
import { act } from './acting.ts'
import type { Machine } from './machine.ts'
import { network } from './network.ts'
import { oracle } from './oracle.ts'
import { firstPeople } from './people.ts'
import { type Random, randomFrom } from './random.ts'
import type { Recipe } from './recipes.ts'
import { directRound } from './rounds.ts'
import type { Whom } from './scope.ts'
import { firstRows } from './user.ts'
import { begin, day, type Make, type MakeMachine, type Node, organizations, type World } from './world.ts'

export async function worldOf(seed: number, recipe: Recipe, make: Make): Promise<World> {
  const random = randomFrom(seed ^ 0x5eed)
  const schema = readSchemaOnce()
  const clock = { time: begin }
  const world: World = {
    make,
    recipe,
    random,
    clock,
    schema,
    server: await make.server({
      organizations,
      now: () => clock.time,
      uuid: () => random.uuid(),
      isOlder: recipe === 'newer',
    }),
    net: network(),
    oracle: oracle(),
    nodes: [],
    violations: [],
    counts: {},
    tokens: 0,
    whom: new Map(),
    centreBackup: undefined,
  }
  if (recipe === 'people') await settleIn(world)
  else await beginAlike(world)
  return world
}

async function beginAlike(world: World) {
  const { random, make } = world
  const count = 2 + random.below(random.chance(0.2) ? 7 : 3)
  for (let index = 0; index < count; index += 1) await addMachine(world, index, make.machine)
  for (const node of world.nodes) await directRound(world, node)
  for (const node of world.nodes)
    if (node === world.nodes.find((one) => one.organizationId === node.organizationId)) beginOn(world, node)
  for (let again = 0; again < 2; again += 1)
    for (const [index, node] of world.nodes.entries()) if (again === 0 || index > 0) await directRound(world, node)
}

function beginOn(world: World, node: Node) {
  if (world.recipe === 'erasures') act(world, node, firstPeople, { ...world.random, chance: () => false })
  else act(world, node, firstRows)
}

/** Computers of the house first; when they have told the centre of its people, laptops of the two trainers and a kiosk. */
async function settleIn(world: World) {
  const { make, server, random } = world
  const letIn = async (whom?: Whom) => switchOn(world, make.machine, await server.admit(1, whom), random)
  for (let computers = 1 + random.below(2); computers > 0; computers -= 1) await letIn()
  const [first] = world.nodes
  if (!first) throw new Error('A world has at least one machine.')
  await directRound(world, first)
  act(world, first, firstPeople, { ...random, chance: () => false })
  await directRound(world, first)
  const trainers = [...first.machine.rows('users')].filter(([, { role }]) => role === 'trainer').map(([id]) => id)
  for (const trainerId of trainers) await letIn({ scope: 'trainer', trainerId })
  await letIn({ scope: 'kiosk', trainerId: null })
  for (const node of world.nodes) if (node !== first) await directRound(world, node)
}

let schema: readonly TableSchema[] | undefined

function readSchemaOnce() {
  schema ??= readSchema()
  return schema
}

async function addMachine(world: World, index: number, make: MakeMachine) {
  const organizationId = index > 1 && world.random.chance(0.25) ? 2 : 1
  switchOn(world, make, await world.server.admit(organizationId), world.random)
}

/** A laptop that came out of a box, or that somebody made of another one by copying its disk. */
export function switchOn(world: World, make: MakeMachine, enrolment: Enrolment, random: Random, from?: Machine) {
  const clock: Node['clock'] = { offset: offsetOf(random), frozenAt: undefined }
  const machine = make({
    name: `machine ${world.nodes.length}`,
    enrolment,
    disk: from?.copyDisk(),
    isOlder: from ? from.lacks().tables.length > 0 : hasOlder(world.recipe) && random.chance(0.4),
    random: randomFrom(random.below(2 ** 32)),
    now: () => clock.frozenAt ?? world.clock.time + clock.offset,
  })
  world.nodes.push({
    machine,
    enrolment,
    organizationId: enrolment.organizationId,
    running: undefined,
    crashIn: undefined,
    cutIn: undefined,
    clock,
    backup: undefined,
    isRevoked: false,
  })
}

function hasOlder(recipe: Recipe): boolean {
  return recipe === 'programs' || recipe === 'newer'
}

export function offsetOf(random: Random): number {
  const kind = random.below(6)
  if (kind < 3) return random.below(2000) - 1000
  if (kind === 3) return random.below(20 * 60_000) - 10 * 60_000
  return kind === 4 ? random.below(80 * day) - 40 * day : 365 * day
}
