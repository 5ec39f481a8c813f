import { act } from './acting.ts'
import { offsetOf, switchOn } from './beginnings.ts'
import { carryOutOrders, erase } from './erasures.ts'
import type { Machine } from './machine.ts'
import { actAmongPeople, endOrGiveBack, handOver } from './people.ts'
import { type Random, randomFrom } from './random.ts'
import type { Event } from './recipes.ts'
import { afterPush, beginRound, taken } from './rounds.ts'
import { hasStanding } from './scope.ts'
import { tokensIn } from './tokens.ts'
import { actIn, allTokens } from './user.ts'
import { count, day, type Node, organizations, type World } from './world.ts'

export async function take(world: World, event: Event) {
  const random = randomFrom(event.seed)
  world.clock.time += random.chance(0.1) ? random.below(3 * day) : random.below(5000)
  const node = world.nodes[event.machine % world.nodes.length]
  if (!node) return
  if (event.kind === 'act' && maySignIn(node)) act(world, node, isAmongPeople(world) ? actAmongPeople : actIn, random)
  if (event.kind === 'handOver' && node.enrolment.scope !== 'kiosk' && maySignIn(node))
    act(world, node, handOver, random)
  if (event.kind === 'account' && node.enrolment.scope === 'organization') changeAccount(world, node, random)
  if (event.kind === 'round' && !node.running) beginRound(world, node)
  if (event.kind === 'deliver') await deliver(world, random)
  if (event.kind === 'clock') node.clock = Object.assign(node.clock, turned(world, node, random))
  if (event.kind === 'crash') await crash(world, node, random)
  if (event.kind === 'backUp' && !node.running) node.backup = { copy: node.machine.backUp(), at: world.oracle.now() }
  if (event.kind === 'restore') await restore(world, node)
  if (event.kind === 'centreBackUp')
    world.centreBackup = { restore: await world.server.backUp(), received: world.oracle.receivedSoFar() }
  if (event.kind === 'centreRestore') await restoreCentre(world)
  if (event.kind === 'cut' && node.running) node.cutIn = random.below(400)
  if (event.kind === 'collect') await collect(world, node, random)
  if (event.kind === 'update' && !node.running && node.machine.update()) count(world, 'updated')
  if (event.kind === 'replay') await replay(world, random)
  if (event.kind === 'copyDisk') copyDisk(world, node, random)
  if (event.kind === 'revoke') await revoke(world, node)
  if (event.kind === 'updateCentre') await world.server.update()
  if (event.kind === 'erase') await erase(world, node, random)
}

/** Where a trainer's account has ended, their laptop says so instead of letting anybody in. */
function maySignIn({ isRevoked, enrolment, machine }: Node): boolean {
  if (isRevoked) return false
  return enrolment.scope !== 'trainer' || hasStanding(machine.rows('users').get(enrolment.trainerId ?? 0))
}

function changeAccount(world: World, node: Node, random: Random) {
  const trainers = world.nodes.flatMap(({ enrolment }) => enrolment.trainerId ?? [])
  act(world, node, (transaction, user) => endOrGiveBack(transaction, user, trainers), random)
}

function isAmongPeople({ recipe }: World): boolean {
  return recipe === 'people' || recipe === 'erasures'
}

function turned(world: World, { clock }: Node, random: Random): Partial<Node['clock']> {
  if (random.chance(0.3))
    return { frozenAt: clock.frozenAt === undefined ? world.clock.time + clock.offset : undefined }
  return { offset: offsetOf(random), frozenAt: undefined }
}

/** Devices that were away for longer than deletions are kept pull everything again; an edit of what is gone is not taken. */
async function collect(world: World, { organizationId }: Node, random: Random) {
  // Who talks to the centre just now is not away.
  const isEveryoneAway = random.chance(0.5) && world.nodes.every(({ running }) => !running)
  await world.server.collect(organizationId, isEveryoneAway)
}

async function deliver(world: World, random: Random) {
  if (world.net.calls.length === 0) return
  const call = random.pick(world.net.calls)
  const luck = random.below(20)
  if (luck === 0) call.drop()
  else await call.deliver({ answerLost: luck === 1, twice: luck === 2 })
  if (call.kind === 'push') await afterPush(world)
}

/** Now while it waits for the centre, or else at one of the next points. */
async function crash(world: World, node: Node, random: Random) {
  const waiting = world.net.calls.find(({ from }) => from === node.machine.name)
  if (waiting && random.chance(0.5)) {
    const arrives = random.chance(0.5)
    await waiting.cut(arrives)
    if (arrives && waiting.kind === 'push') await afterPush(world)
  } else if (node.running) node.crashIn = random.below(12)
  else {
    node.machine.restart()
    await carryOutOrders(world, node)
  }
}

async function restore(world: World, node: Node) {
  if (!node.backup || node.running || node.isRevoked) return
  node.machine.restore(node.backup.copy)
  world.oracle.wentBack(node.machine.name, node.backup.at, new Set())
  await carryOutOrders(world, node)
}

async function restoreCentre(world: World) {
  if (!world.centreBackup) return
  const active = world.nodes.filter(({ isRevoked }) => !isRevoked)
  const held = new Set(active.flatMap(({ machine }) => tokensIn(JSON.stringify([...heldBy(machine)]))))
  await world.centreBackup.restore()
  world.oracle.centreWentBack(world.centreBackup.received, held)
  world.centreBackup = undefined
  world.net.envelopes = []

  function heldBy(machine: Machine) {
    return allTokens(machine, world.schema)
  }
}

async function replay(world: World, random: Random) {
  if (world.net.envelopes.length === 0) return
  const { envelope } = random.pick(world.net.envelopes)
  const { site } = JSON.parse(envelope.head) as { site: number }
  const before = await Promise.all(organizations.map((id) => world.server.head(id)))
  const { status, refused } = await world.server.transportOf(() => site).push(envelope)
  const after = await Promise.all(organizations.map((id) => world.server.head(id)))
  if (status === 'ok') {
    // It was lost before, and now it arrived for the first time.
    world.oracle.received(taken(envelope.body, refused))
  } else if (JSON.stringify(before) !== JSON.stringify(after))
    world.violations.push(`an envelope that came again (${status}) moved the feed`)
}

/** All lives of a database are one to the centre, and the copies of its disk. */
async function revoke(world: World, node: Node) {
  const isOther = (one: Node) => one.enrolment.site !== node.enrolment.site
  const others = world.nodes.filter(
    (one) => one.organizationId === node.organizationId && !one.isRevoked && isOther(one),
  )
  if (others.length === 0 || node.isRevoked) return
  await world.server.revoke(node.machine.site())
  for (const one of world.nodes.filter((each) => !isOther(each))) {
    one.isRevoked = true
    world.oracle.wentBack(one.machine.name, 0, new Set())
  }
}

function copyDisk(world: World, node: Node, random: Random) {
  if (!world.make.hasDisks || node.running || node.isRevoked || world.nodes.length >= 8) return
  switchOn(world, world.make.machine, node.enrolment, random, node.machine)
  world.oracle.copied(node.machine.name)
}
