import type { TableName } from '../../../main/database/registry.ts'
import { registerOf, rulesOf } from '../../../main/sync/rules.ts'
import { everyRow } from '../../support/rows.ts'
import type { TableSchema } from '../schema.ts'
import { RefusedByDatabase, type Transaction, type Values } from './machine.ts'
import type { Random } from './random.ts'
import { isTraced, tokenIn, written } from './tokens.ts'

/** What a user wrote: a token in a register, and the one that stood there before their eyes. */
export interface Writing {
  token: string
  before: string | undefined
  table: TableName
  register: string
  /** The first token of the row, by which it is told from others whatever its id. */
  root: string
}

export interface Doings {
  writings: Writing[]
  /** What somebody took away who saw it: with its row, or for another value that many may write. */
  deleted: string[]
  /** Registers of several columns that were written without a new token: a state, or a reference that was emptied. */
  silent: string[]
}

export function noDoings(): Doings {
  return { writings: [], deleted: [], silent: [] }
}

/** How a register of a row is called among all of them. */
export function placeOf(table: TableName, id: number, register: string): string {
  return `${table}:${id}:${register}`
}

export interface User {
  random: Random
  organizationId: number
  schema: readonly TableSchema[]
  nextToken(): string
  rootOf(token: string): string
}

/** Tables that only the program itself writes, or whose rows act on others. */
const untouched: ReadonlySet<TableName> = new Set(['organizations', 'erasure_orders', 'sync_conflicts'])

/** Those by which machines disagree most. */
const busy: readonly TableName[] = [
  'users',
  'beneficiaries',
  'groups',
  'group_members',
  'assessments',
  'questions',
  'papers',
  'attempts',
  'responses',
  'assessment_results',
  'settings',
  'profiles',
]

/** One transaction of 1 to 20 statements; what the database refuses is left out, as a person goes on who was told. */
export function actIn(transaction: Transaction, user: User): Doings {
  const doings = noDoings()
  const count = user.random.chance(0.8) ? 1 + user.random.below(4) : 1 + user.random.below(20)
  for (let done = 0; done < count; done += 1) {
    const kind = user.random.below(20)
    try {
      if (kind < 10) insert(transaction, user, doings)
      else if (kind < 18) update(transaction, user, doings)
      else remove(transaction, user, doings)
    } catch (error) {
      if (!(error instanceof RefusedByDatabase)) throw error
    }
  }
  return doings
}

/** So that there is something to hang the first rows on. */
export function firstRows(transaction: Transaction, user: User): Doings {
  const doings = noDoings()
  for (const name of [
    'users',
    'users',
    'beneficiaries',
    'groups',
    'assessments',
    'questions',
    'papers',
    'documents',
  ] as const)
    insertInto(
      transaction,
      { ...user, random: { ...user.random, chance: () => false } },
      doings,
      tableNamed(user, name),
    )
  return doings
}

export function tableNamed({ schema }: User, name: TableName): TableSchema {
  const found = schema.find((table) => table.name === name)
  if (!found) throw new Error(`${name} does not travel.`)
  return found
}

function someTable(user: User): TableSchema {
  const { random, schema } = user
  if (random.chance(0.6)) return tableNamed(user, random.pick(busy))
  return random.pick(schema.filter(({ name }) => !untouched.has(name)))
}

function insert(transaction: Transaction, user: User, doings: Doings) {
  insertInto(transaction, user, doings, someTable(user))
}

function insertInto(transaction: Transaction, user: User, doings: Doings, table: TableSchema) {
  const values = freshValues(transaction, user, table)
  if (!values) return
  const writings = trace(user, table, values)
  transaction.insert(table.name, values)
  doings.writings.push(...writings)
}

/** A row from the sample of its table that says these values; its id. */
export function insertWith(
  transaction: Transaction,
  user: User,
  doings: Doings,
  table: TableSchema,
  its: Values,
): number {
  const values = { ...sampleOf(table), ...emptied(table, user), ...its }
  const writings = trace(user, table, values)
  const id = transaction.insert(table.name, values)
  doings.writings.push(...writings)
  return id
}

function sampleOf({ name, columns }: TableSchema): Values {
  return Object.fromEntries(
    Object.entries(everyRow[name])
      .filter(([column]) => columns.includes(column))
      .map(([column, value]) => [column, typeof value === 'boolean' ? Number(value) : value]),
  )
}

function emptied({ references }: TableSchema, { organizationId }: User): Values {
  return Object.fromEntries(
    references.map(({ column, parent }) => [column, parent === 'organizations' ? organizationId : null]),
  )
}

/** Nothing when a parent is needed and there is none. */
function freshValues(transaction: Transaction, user: User, table: TableSchema): Values | undefined {
  const { random } = user
  const values = sampleOf(table)
  for (const { column, parent } of table.references) {
    if (parent === 'organizations') values[column] = user.organizationId
    else {
      const ids = [...transaction.rows(parent).keys()]
      const isNone = ids.length === 0 || (!table.required.has(column) && random.chance(0.2))
      if (isNone && table.required.has(column)) return undefined
      values[column] = isNone ? null : random.pick(ids)
    }
  }
  return { ...values, ...contested(table.name, random) }
}

/** Where two machines may mean the same thing, few values to choose from. */
function contested(table: TableName, random: Random): Values {
  if (table === 'attempts')
    return { attempt_number: 1 + random.below(3), state: random.pick(['running', 'handed_in', 'graded']) }
  if (table === 'settings') return { key: `key-${random.below(6)}` }
  return {}
}

function trace(user: User, table: TableSchema, values: Values): Writing[] {
  const writings: Writing[] = []
  const rules = rulesOf(table.name)
  for (const column of table.columns) {
    if (!isTraced(column) || typeof values[column] !== 'string') continue
    const token = user.nextToken()
    values[column] = written(column, token)
    const root = writings[0]?.token ?? token
    writings.push({ token, before: undefined, table: table.name, register: registerOf(rules, column), root })
  }
  const [email] = writings.filter(({ register }) => register === 'email')
  if (email && user.random.chance(0.15)) {
    values['email'] = `same-${user.random.below(3)}@x.example`
    return writings.filter((writing) => writing !== email)
  }
  return writings
}

function update(transaction: Transaction, user: User, doings: Doings) {
  const table = someTable(user)
  const rows = [...transaction.rows(table.name)]
  if (rows.length === 0) return
  const [id, before] = user.random.pick(rows)
  const columns = changeable(table)
  if (columns.length === 0) return
  const column = user.random.pick(columns)
  const token = user.nextToken()
  const change = { [column]: changedTo(transaction, user, table, column, token) }
  if (table.columns.includes('updated_at')) change['updated_at'] = stampText(user.random)
  transaction.update(table.name, id, change)
  const previous = tokenIn(before[column])
  if (tokenIn(change[column]) === token) doings.writings.push(writingOf(user, doings, table, column, before, token))
  else {
    if (previous) doings.deleted.push(previous)
    doings.silent.push(placeOf(table.name, id, registerOf(rulesOf(table.name), column)))
  }
}

/** Another text in one of the columns that hold some. */
export function updateText(transaction: Transaction, user: User, doings: Doings, table: TableSchema, id: number) {
  const before = transaction.rows(table.name).get(id)
  const texts = table.columns.filter((column) => isTraced(column) && column !== 'email')
  if (!before || texts.length === 0) return
  const column = user.random.pick(texts)
  const token = user.nextToken()
  transaction.update(table.name, id, {
    [column]: written(column, token),
    ...(table.columns.includes('updated_at') && { updated_at: stampText(user.random) }),
  })
  doings.writings.push(writingOf(user, doings, table, column, before, token))
}

function writingOf(
  user: User,
  { writings }: Doings,
  table: TableSchema,
  column: string,
  before: Values,
  token: string,
): Writing {
  const previous = tokenIn(before[column])
  const own = table.columns
    .map((one) => (isTraced(one) ? tokenIn(before[one]) : undefined))
    .find((one) => one !== undefined)
  return {
    token,
    before: previous,
    table: table.name,
    register: registerOf(rulesOf(table.name), column),
    root: writings.find((writing) => writing.token === own)?.root ?? user.rootOf(own ?? token),
  }
}

/** What a person may change of a row: free text, a reference, a state, or a mark that it was read. */
function changeable(table: TableSchema): string[] {
  const own: readonly string[] = {
    append: ['is_read'],
    push: [],
    entity: ['status', 'state', 'last_login', 'is_active', 'role', 'failures', 'points', 'edit'],
    derived: ['score', 'passed'],
    local: [],
  }[table.sync]
  const columns = table.columns.filter((column) => own.includes(column))
  if (table.sync === 'append' || table.sync === 'push') return columns
  const texts = table.columns.filter(isTraced)
  // What a row was copied from or answers to is said once: rows that refer to each other in a circle are nobody's doing.
  const references = table.references
    .filter(({ parent }) => parent !== 'organizations' && parent !== table.name)
    .map(({ column }) => column)
  return [...columns, ...texts, ...texts, ...references, 'created_at'].filter((column) =>
    table.columns.includes(column),
  )
}

function changedTo(transaction: Transaction, user: User, table: TableSchema, column: string, token: string) {
  const { random } = user
  if (isTraced(column))
    return column === 'email' && random.chance(0.15) ? `same-${random.below(3)}@x.example` : written(column, token)
  const reference = table.references.find((one) => one.column === column)
  if (reference) {
    const ids = [...transaction.rows(reference.parent).keys()]
    if (ids.length > 0 && !random.chance(0.2)) return random.pick(ids)
    if (table.required.has(column)) throw new RefusedByDatabase(`${column} is required`)
    return null
  }
  return otherValue(table.name, column, random)
}

function otherValue(table: TableName, column: string, random: Random) {
  if (column === 'status') return random.pick(statuses[table] ?? ['active'])
  if (column === 'state') return table === 'attempts' ? random.pick(['running', 'handed_in', 'graded']) : 'Dakar'
  if (column === 'role') return random.pick(['admin', 'trainer', 'student'])
  if (column === 'created_at' || column === 'last_login') return stampText(random)
  if (['is_active', 'is_read', 'passed'].includes(column)) return random.below(2)
  return random.below(100)
}

const statuses: Partial<Record<TableName, readonly string[]>> = {
  beneficiaries: ['active', 'inactive', 'completed'],
  attendance: ['present', 'late', 'excused', 'absent'],
  handovers: ['open', 'accepted', 'declined', 'withdrawn'],
  goals: ['open', 'reached', 'dropped'],
  assessments: ['draft', 'published', 'in_progress', 'completed'],
  appointments: ['scheduled', 'completed', 'cancelled'],
}

function stampText(random: Random): string {
  return new Date(Date.UTC(2026, 0, 1) + random.below(2 ** 31)).toISOString()
}

function remove(transaction: Transaction, user: User, doings: Doings) {
  const table = someTable(user)
  const ids = [...transaction.rows(table.name).keys()]
  if (ids.length === 0) return
  removeOne(transaction, user, doings, table.name, user.random.pick(ids))
}

/** With whatever goes along. */
export function removeOne(transaction: Transaction, user: User, doings: Doings, table: TableName, id: number) {
  const [before, referring] = [allTokens(transaction, user.schema), groupedReferences(transaction, user.schema)]
  transaction.remove(table, id)
  const [after, left] = [allTokens(transaction, user.schema), groupedReferences(transaction, user.schema)]
  for (const token of before) if (!after.has(token)) doings.deleted.push(token)
  for (const place of referring) if (!left.has(place)) doings.silent.push(place)
}

/** Registers of several columns of which one refers to something, and does. */
function groupedReferences({ rows }: Pick<Transaction, 'rows'>, schema: readonly TableSchema[]): Set<string> {
  const places = new Set<string>()
  for (const { name, references } of schema)
    for (const { column } of references) {
      const register = registerOf(rulesOf(name), column)
      if (register === column || rulesOf(name).isWhole) continue
      for (const [id, values] of rows(name)) if (values[column] !== null) places.add(placeOf(name, id, register))
    }
  return places
}

export function allTokens(rows: Pick<Transaction, 'rows'>, schema: readonly TableSchema[]): Set<string> {
  const tokens = new Set<string>()
  for (const { name, columns } of schema) {
    const texts = columns.filter(isTraced)
    for (const values of rows.rows(name).values())
      for (const column of texts) {
        const token = tokenIn(values[column])
        if (token) tokens.add(token)
      }
  }
  return tokens
}
