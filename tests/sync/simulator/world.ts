import { type TableName, tableNames } from '../../../main/database/registry.ts'
import { type Enrolment, type Transport, Unreachable } from '../../../main/sync/wire.ts'
import { readSchema, type TableSchema, tableNumbered } from '../schema.ts'
import { Crash, type Machine, type Transaction, type Values } from './machine.ts'
import { type Network, network } from './network.ts'
import { isSharedTable, type Oracle, oracle } from './oracle.ts'
import { actAmongPeople, firstPeople, handOver, type ScopedUser } from './people.ts'
import { type Random, randomFrom } from './random.ts'
import type { Event, Plan, Recipe } from './recipes.ts'
import { concerns, hiddenFrom, type Rows, type Whom } from './scope.ts'
import type { MakeServer, Server } from './server.ts'
import { tokensIn } from './tokens.ts'
import { actIn, allTokens, type Doings, firstRows } from './user.ts'

export interface Outcome {
  violations: string[]
  counts: Record<string, number>
}

interface Node {
  machine: Machine
  enrolment: Enrolment
  organizationId: number
  running: Promise<void> | undefined
  /** Points until it loses its power, and statements. */
  crashIn: number | undefined
  cutIn: number | undefined
  clock: { offset: number; frozenAt: number | undefined }
  backup: { copy: unknown; at: number } | undefined
  isRevoked: boolean
}

export interface World {
  make: Make
  recipe: Recipe
  random: Random
  clock: { time: number }
  schema: readonly TableSchema[]
  server: Server
  net: Network
  oracle: Oracle
  nodes: Node[]
  violations: string[]
  counts: Record<string, number>
  tokens: number
  centreBackup: { restore: () => Promise<void>; received: Set<string> } | undefined
}

const begin = Date.UTC(2026, 5, 1)
const day = 86_400_000
const organizations = [1, 2]

export interface MachineOptions {
  name: string
  enrolment: Enrolment
  /** Of another machine, copied whole; a new machine has none. */
  disk?: unknown
  /** Its program is of an earlier version. */
  isOlder?: boolean
  random: Random
  now(): number
}

export type MakeMachine = (options: MachineOptions) => Machine

export interface Make {
  machine: MakeMachine
  /** Whether its machines may have their disks copied whole. */
  hasDisks: boolean
  server: MakeServer
}

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

async function worldOf(seed: number, recipe: Recipe, make: Make): Promise<World> {
  const random = randomFrom(seed ^ 0x5eed)
  const schema = readSchemaOnce()
  const clock = { time: begin }
  const world: World = {
    make,
    recipe,
    random,
    clock,
    schema,
    server: await make.server({ organizations, now: () => clock.time, uuid: () => random.uuid() }),
    net: network(),
    oracle: oracle(),
    nodes: [],
    violations: [],
    counts: {},
    tokens: 0,
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
    if (node === world.nodes.find((one) => one.organizationId === node.organizationId)) act(world, node, firstRows)
  for (let again = 0; again < 2; again += 1)
    for (const [index, node] of world.nodes.entries()) if (again === 0 || index > 0) await directRound(world, node)
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
function switchOn(world: World, make: MakeMachine, enrolment: Enrolment, random: Random, from?: Machine) {
  const clock: Node['clock'] = { offset: offsetOf(random), frozenAt: undefined }
  const machine = make({
    name: `machine ${world.nodes.length}`,
    enrolment,
    disk: from?.backUp(),
    isOlder: from ? from.lacks().tables.length > 0 : world.recipe === 'programs' && random.chance(0.4),
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

function offsetOf(random: Random): number {
  const kind = random.below(6)
  if (kind < 3) return random.below(2000) - 1000
  if (kind === 3) return random.below(20 * 60_000) - 10 * 60_000
  return kind === 4 ? random.below(80 * day) - 40 * day : 365 * day
}

async function take(world: World, event: Event) {
  const random = randomFrom(event.seed)
  world.clock.time += random.chance(0.1) ? random.below(3 * day) : random.below(5000)
  const node = world.nodes[event.machine % world.nodes.length]
  if (!node) return
  if (event.kind === 'act' && !node.isRevoked)
    act(world, node, world.recipe === 'people' ? actAmongPeople : actIn, random)
  if (event.kind === 'handOver' && node.enrolment.scope !== 'kiosk') act(world, node, handOver, random)
  if (event.kind === 'round' && !node.running) beginRound(world, node)
  if (event.kind === 'deliver') await deliver(world, random)
  if (event.kind === 'clock') node.clock = Object.assign(node.clock, turned(world, node, random))
  if (event.kind === 'crash') await crash(world, node, random)
  if (event.kind === 'backUp' && !node.running) node.backup = { copy: node.machine.backUp(), at: world.oracle.now() }
  if (event.kind === 'restore') restore(world, node)
  if (event.kind === 'centreBackUp')
    world.centreBackup = { restore: await world.server.backUp(), received: world.oracle.receivedSoFar() }
  if (event.kind === 'centreRestore') await restoreCentre(world)
  if (event.kind === 'cut' && node.running) node.cutIn = random.below(400)
  if (event.kind === 'collect') await collect(world, node, random)
  if (event.kind === 'update' && !node.running && node.machine.update()) count(world, 'updated')
  if (event.kind === 'replay') await replay(world, random)
  if (event.kind === 'copyDisk') copyDisk(world, node, random)
  if (event.kind === 'revoke') await revoke(world, node)
}

function turned(world: World, { clock }: Node, random: Random): Partial<Node['clock']> {
  if (random.chance(0.3))
    return { frozenAt: clock.frozenAt === undefined ? world.clock.time + clock.offset : undefined }
  return { offset: offsetOf(random), frozenAt: undefined }
}

function schemaOf({ schema: whole }: World, { lacks }: Machine): readonly TableSchema[] {
  const { tables, columns } = lacks()
  return whole
    .filter(({ name }) => !tables.includes(name))
    .map((table) => ({ ...table, columns: table.columns.filter((column) => !columns[table.name]?.includes(column)) }))
}

type Work = (transaction: Transaction, user: ScopedUser) => Doings

function act(world: World, node: Node, work: Work, random: Random = world.random) {
  const { machine, organizationId, enrolment } = node
  const user: ScopedUser = {
    random,
    organizationId,
    whom: enrolment,
    schema: schemaOf(world, machine),
    rootOf: world.oracle.rootOf,
    nextToken: () => `zq${'xab'[organizationId] ?? 'x'}-${((world.tokens += 1)).toString(36)}`,
  }
  const doings = machine.transact((transaction) => work(transaction, user))
  world.oracle.committed(machine.name, organizationId, doings, machine.lacks().columns)
}

function beginRound(world: World, node: Node) {
  const { machine } = node
  const centre = world.server.transportOf(machine.site)
  const transport = world.net.transportFor(
    machine.name,
    world.recipe === 'people' ? watched(world, node, centre) : centre,
  )
  node.running = machine
    .round({ transport, at: (point) => stopAt(world, node, point), statement: () => cutAt(node) })
    .then((outcome) => count(world, `round ${outcome}`))
    .catch((error: unknown) => {
      if (error instanceof Crash) {
        count(world, `crash ${error.message}`)
        machine.restart()
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
      for (const { table: number, id, values } of reply.rows) {
        const table = tableNumbered(number)
        const shown = hiddenFrom(enrolment, table).filter((column) => column in values)
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

/** Nothing is left of it but that it went, or that somebody was there. */
function isEmptied(values: Values): boolean {
  return Object.keys(values).length === 0 || /^erased-\d+@no-email\.invalid$/.test(String(values['email']))
}

function count(world: World, what: string) {
  world.counts[what] = (world.counts[what] ?? 0) + 1
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

async function afterPush(world: World) {
  for (const { envelope } of world.net.envelopes.slice(-2)) world.oracle.received(envelope.body)
  for (const id of organizations) world.violations.push(...(await world.server.faults(id)))
}

/** Now while it waits for the centre, or else at one of the next points. */
async function crash(world: World, node: Node, random: Random) {
  const waiting = world.net.calls.find(({ from }) => from === node.machine.name)
  if (waiting && random.chance(0.5)) {
    const arrives = random.chance(0.5)
    await waiting.cut(arrives)
    if (arrives && waiting.kind === 'push') await afterPush(world)
  } else if (node.running) node.crashIn = random.below(12)
  else node.machine.restart()
}

function restore(world: World, node: Node) {
  if (!node.backup || node.running || node.isRevoked) return
  node.machine.restore(node.backup.copy)
  world.oracle.wentBack(node.machine.name, node.backup.at, new Set())
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
  const { status } = await world.server.transportOf(() => site).push(envelope)
  const after = await Promise.all(organizations.map((id) => world.server.head(id)))
  if (status === 'ok') {
    // It was lost before, and now it arrived for the first time.
    world.oracle.received(envelope.body)
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

/** Until every machine waits for the centre or for nothing. */
async function settle(world: World) {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve))
    const isBusy = world.nodes.some(
      ({ machine, running }) => running && !world.net.calls.some(({ from }) => from === machine.name),
    )
    if (!isBusy) return
  }
}

/** A round without faults, from beginning to end. */
async function directRound(world: World, node: Node) {
  beginRound(world, node)
  for (;;) {
    await settle(world)
    const call = world.net.calls.find(({ from }) => from === node.machine.name)
    if (!call) return
    await call.deliver()
    if (call.kind === 'push') await afterPush(world)
  }
}

/** From now on everything works: after three rounds of each, nothing may be left to do. */
async function heal(world: World) {
  for (const node of world.nodes) Object.assign(node, { crashIn: undefined, cutIn: undefined })
  for (const call of world.net.calls) call.drop()
  await settle(world)
  for (const { machine } of world.nodes) if (world.random.chance(0.6) && machine.update()) count(world, 'updated')
  for (let again = 0; again < 3; again += 1) {
    if (again === 2 && (await isDone(world))) break
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

async function judge(world: World) {
  const current = new Set<string>()
  const logged = new Set<string>()
  for (const id of organizations) {
    const living = await world.server.living(id)
    for (const [table, rows] of living)
      for (const values of rows.values()) {
        const into = table === 'sync_conflicts' ? logged : current
        for (const token of tokensIn(JSON.stringify(table === 'sync_conflicts' ? values['lost_values'] : values)))
          into.add(token)
      }
    const known = world.recipe === 'people' ? await world.server.known(id) : living
    for (const node of world.nodes)
      if (node.organizationId === id && !node.isRevoked) compare(world, node, living, known)
    const conflicts = [...(living.get('sync_conflicts')?.values() ?? [])]
    world.violations.push(
      ...world.oracle.falselyAsked(
        conflicts.map(({ kind, kept_values: kept, lost_values: lost, lost_site: lostSite, ...more }) => ({
          kind: String(kind),
          table: tableNumbered(Number(more['table_number'])),
          id: Number(more['row_id']),
          register: String(more['register']),
          kept: JSON.parse(String(kept)) ?? {},
          lost: JSON.parse(String(lost)) ?? {},
          lostSite: Number(lostSite),
        })),
      ),
    )
    for (const { kind } of conflicts) count(world, `conflict ${kind}`)
    world.violations.push(...mixedRows(world, living))
  }
  // A centre that was restored may lack a parent until the machine comes that has it.
  const all = await world.server.refused()
  const hasCollected = (world.counts['collect'] ?? 0) > 0
  const refused = all.filter(
    (one) =>
      !(hasCollected && /moved|parentMissing/.test(one)) &&
      !(world.counts['centreRestore'] && one.includes('parentMissing')) &&
      // Of somebody who has another trainer by now: what was said is on the desk of the other one.
      !(world.recipe === 'people' && one.includes('notAllowed')),
  )
  // Whoever wrote to what was gone for long is told so, and has it still.
  if (hasCollected)
    for (const { machine } of world.nodes) for (const token of allTokens(machine, world.schema)) logged.add(token)
  world.violations.push(...world.oracle.lost({ current, logged }))
  world.violations.push(...refused.map((one) => `an honest machine was refused: ${one}`))
}

/** No id stands for two rows: what stands in one row comes from one beginning. */
function mixedRows({ oracle: its, schema: tables }: World, living: Rows): string[] {
  return tables.flatMap(({ name, uniques }) =>
    [...(living.get(name) ?? [])].flatMap(([id, values]) => {
      const roots = new Set(tokensIn(JSON.stringify(values)).map((token) => its.rootOf(token)))
      const isJoined = uniques.length > 0 || name === 'sync_conflicts'
      return roots.size > 1 && !isJoined ? [`${name} ${id} is of several rows: ${[...roots].join(', ')}`] : []
    }),
  )
}

function compare(world: World, node: Node, living: Rows, known: Rows) {
  const { machine, organizationId, enrolment } = node
  const alone = keptAlone(world, machine)
  const isHeldUp = alone.size > 0
  const faults = machine.faults().filter((fault) => !(isHeldUp && fault.startsWith('waits for children')))
  world.violations.push(...faults.map((fault) => `${machine.name}: ${fault}`))
  for (const table of tableNames) {
    if (!living.has(table) || !isSharedTable(table)) continue
    if (machine.lacks().tables.includes(table)) continue
    const hidden = [...hiddenFrom(enrolment, table), ...(machine.lacks().columns[table] ?? [])]
    const rows = (all: Iterable<[number, Values]>) =>
      [...all].map(([id, values]) => canonical(id, without(values, hidden))).sort()
    const isShared = (id: number) => !alone.has(`${table} ${id}`)
    const own = rows(
      [...machine.rows(table)].filter(([id, values]) => !isOwnAlone(node, table, id, values) && isShared(id)),
    )
    const its = rows(
      [...(living.get(table) ?? [])].filter(
        ([id, values]) => concerns(enrolment, known, table, id, values) && isShared(id),
      ),
    )
    const [more, less] = [own.filter((row) => !its.includes(row)), its.filter((row) => !own.includes(row))]
    if (more.length + less.length > 0)
      world.violations.push(
        `${machine.name} and the centre differ in ${table}:\n  machine ${more.slice(0, 2).join('\n          ')}\n  centre  ${less.slice(0, 2).join('\n          ')}`,
      )
    if (own.some((row) => tokensIn(row).some((token) => !token.startsWith(`zq${'xab'[organizationId]}`))))
      world.violations.push(`${machine.name} holds rows of another organization in ${table}`)
  }
}

/** What the centre has given up and somebody here has written to since, with what that refers to: its people were told. */
function keptAlone({ schema: tables }: World, machine: Machine): ReadonlySet<string> {
  const alone = new Set<string>()
  const add = (table: TableName, id: number) => {
    const values = machine.rows(table).get(id)
    if (!values || alone.has(`${table} ${id}`)) return
    alone.add(`${table} ${id}`)
    for (const { column, parent } of tables.find(({ name }) => name === table)?.references ?? [])
      if (parent !== 'organizations' && typeof values[column] === 'number') add(parent, values[column])
  }
  for (const { table, id, reason } of machine.refused())
    if (reason === 'moved' || reason === 'parentMissing') add(tableNumbered(table), id)
  return alone
}

/** What a kiosk wrote for the centre stays there too; nobody at it reads it. An account of somebody erased is a number. */
function isOwnAlone({ machine, enrolment }: Node, table: TableName, id: number, values: Values): boolean {
  if (enrolment.scope === 'organization') return false
  if (enrolment.scope === 'kiosk') return Math.floor(id / 2 ** 32) === machine.site() && table !== 'attempts'
  return isEmptied(values)
}

function without(values: Values, columns: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([column]) => !columns.includes(column)))
}

/** A column that nobody has written to is empty, or is not there where its writer did not know it. */
function canonical(id: number, values: object): string {
  const filled = Object.entries(values).filter(([, value]) => value !== null)
  return JSON.stringify([id, filled.sort(([a], [b]) => (a < b ? -1 : 1))])
}
