import { type TableName, tableNames } from '../../../main/database/registry.ts'
import { type Reference, tableNumbered } from '../schema.ts'
import { judgeErasures } from './erasures.ts'
import type { Machine, Values } from './machine.ts'
import { isSharedTable } from './oracle.ts'
import { concerns, hiddenFrom, isEmptied, isNobody, type Rows } from './scope.ts'
import { tokensIn } from './tokens.ts'
import { allTokens } from './user.ts'
import { count, type Node, organizations, type World } from './world.ts'

export async function judge(world: World) {
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
    world.violations.push(...(await world.server.mistyped(id)))
    for (const { kind } of conflicts) count(world, `conflict ${kind}`)
    world.violations.push(...mixedRows(world, living), ...doubledRows(world, living))
  }
  // A centre that was restored may lack a parent until the machine comes that has it.
  const all = await world.server.refused()
  const hasCollected = (world.counts['collect'] ?? 0) > 0
  const refused = all.filter(
    (one) =>
      !(hasCollected && /moved|parentMissing/.test(one)) &&
      !(world.counts['centreRestore'] && one.includes('parentMissing')) &&
      // Of somebody who has another trainer by now: what was said is on the desk of the other one.
      !(world.recipe === 'people' && one.includes('notAllowed')) &&
      !(world.recipe === 'erasures' && /erased|parentMissing/.test(one)) &&
      !(world.recipe === 'newer' && /unknownTable|parentMissing/.test(one)),
  )
  if (world.recipe === 'erasures') for (const token of await judgeErasures(world)) logged.add(token)
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

/**
 * No row stands under two ids: what stands in one row is in no other. Where two were joined and the one that went lives again, since
 * somebody took it out of the key that they had in common, people are asked about both.
 */
function doubledRows({ oracle: its, schema: tables }: World, living: Rows): string[] {
  const conflicts = [...(living.get('sync_conflicts')?.values() ?? [])]
  const isAsked = (table: number, ids: readonly number[], kind: string) =>
    conflicts.some(
      (one) => one['kind'] === kind && one['table_number'] === table && ids.includes(Number(one['row_id'])),
    )
  return tables
    .filter(({ name }) => name !== 'sync_conflicts')
    .flatMap(({ name, number }) => {
      const ids = new Map<string, number[]>()
      for (const [id, values] of living.get(name) ?? [])
        for (const root of new Set(tokensIn(JSON.stringify(values)).map((token) => its.rootOf(token))))
          ids.set(root, [...(ids.get(root) ?? []), id])
      return [...ids]
        .filter(([root, those]) => those.length > 1 && !its.mayBeDoubled(root))
        .filter(([, those]) => !['sameThing', 'deleteOverridden'].every((kind) => isAsked(number, those, kind)))
        .map(([root, those]) => `${name} of ${root} stands more than once: ${those.join(', ')}`)
    })
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
    const softly = world.schema
      .find(({ name }) => name === table)
      ?.references.filter((one) => one.onDelete === 'SET NULL')
    const isNowhere = ({ column, parent }: Reference, values: Values) =>
      typeof values[column] === 'number' && !living.get(parent)?.has(values[column])
    // What names a row that the centre has not, or not any more, stands without it.
    const shown = (values: Values) =>
      without(values, [
        ...hidden,
        ...(softly ?? []).filter((one) => isNowhere(one, values)).map(({ column }) => column),
      ])
    const rows = (all: Iterable<[number, Values]>) =>
      [...all]
        .map(([id, values]) => canonical(id, isNobody(values) ? { email: values['email'] } : shown(values)))
        .sort()
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
function keptAlone({ schema: tables, recipe }: World, machine: Machine): ReadonlySet<string> {
  const alone = new Set<string>()
  // What an older centre did not take it has, once it was updated.
  if (recipe === 'newer') return alone
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
