import type { TableName } from '../../../main/database/registry.ts'
import { isAlive, mergeRows } from '../../../main/sync/merge.ts'
import { registerOf, rulesOf } from '../../../main/sync/rules.ts'
import { highestClock, joined, type RowState, type Stamp, seenBy, writtenIn } from '../../../main/sync/state.ts'
import { type Enrolment, type PullReply, protocol } from '../../../main/sync/wire.ts'
import { rowsIn } from '../page.ts'
import { clockAt } from '../reference/out-write.ts'
import { hashOf } from '../reference/push.ts'
import { runningKey, type TableSchema, uniqueKey } from '../schema.ts'
import {
  lacksNothing,
  type Machine,
  RefusedByDatabase,
  type RoundSurroundings,
  type Transaction,
  type Values,
} from './machine.ts'

interface ModelRow {
  state: RowState
  change: number
  base: number
}

interface Sealed {
  number: number
  head: string
  body: string
  hash: string
  throughChange: number
}

interface Held {
  site: number
  spareSites: number[]
  incarnation: string
  history: string
  clock: number
  change: number
  sealed: number
  /** Of the last envelope that is known at the centre, and the last local change in it. */
  acknowledged: number
  acknowledgedChange: number
  chain: string
  cursor: number
  counters: Record<string, number>
  rows: Map<string, ModelRow>
  outbox: Sealed[]
  inbox: PullReply['rows']
  parked: PullReply['rows']
  /** Rows that were refused for want of what they hang on. */
  orphans: Set<string>
}

export interface ModelOptions {
  name: string
  enrolment: Enrolment
  schema: readonly TableSchema[]
  now(): number
  uuid(): string
}

/** The rules of docs/sync.md for one machine, without SQLite: fast, and written apart from the program. */
export function modelMachine({ name, enrolment, schema, now, uuid }: ModelOptions): Machine {
  let held = begin(enrolment, uuid())
  const tables = new Map(schema.map((table) => [table.name, table]))
  const tableOf = (table: TableName) => tables.get(table) ?? fail(`${table} does not travel.`)

  const living = (table: TableName): Map<number, Values> => {
    const { number } = tableOf(table)
    const rules = rulesOf(table)
    return new Map(
      [...held.rows.values()]
        .filter(({ state }) => state.table === number && isAlive(state, rules))
        .map(({ state }): [number, Values] => [state.id, state.values])
        .sort(([a], [b]) => a - b),
    )
  }

  const store = (state: RowState, base: number) => {
    held.rows.set(`${state.table}:${state.id}`, { state, base, change: held.change })
  }

  const stampFor = (above: number): Stamp => {
    held.clock = Math.max(held.clock + 1, clockAt(now()), above + 1)
    return [held.clock, held.site]
  }

  const write = (table: TableName, id: number, change: (state: RowState, stamp: Stamp) => RowState) => {
    const row = held.rows.get(`${tableOf(table).number}:${id}`)
    if (!row || !isAlive(row.state, rulesOf(table))) throw new RefusedByDatabase(`${table} ${id} is not there`)
    const stamp = stampFor(highestClock(row.state))
    const state = change(row.state, stamp)
    store({ ...state, seen: { ...seenBy(row.state), [stamp[1]]: stamp[0] } }, row.base)
  }

  const checkUniques = (table: TableName, id: number, values: Values) => {
    for (const key of [
      ...tableOf(table).uniques.map((columns) => (its: Values) => uniqueKey(columns, its)),
      (its: Values) => runningKey(table, its),
    ]) {
      const own = key(values)
      if (own === undefined) continue
      for (const [other, its] of living(table))
        if (other !== id && key(its) === own) throw new RefusedByDatabase(`${table} is taken`)
    }
  }

  /** A statement that is refused leaves nothing behind. */
  const wholly = <T>(work: () => T): T => {
    const before = new Map(held.rows)
    try {
      return work()
    } catch (error) {
      held.rows = before
      throw error
    }
  }

  const statements: Transaction = {
    rows: living,
    insert(table, values) {
      const next = (held.counters[table] ?? 0) + 1
      const id = held.site * 2 ** 32 + next
      checkUniques(table, id, values)
      held.counters[table] = next
      store({ table: tableOf(table).number, id, values, stamp: stampFor(0) }, 0)
      return id
    },
    update(table, id, values) {
      const before = living(table).get(id)
      if (!before) throw new RefusedByDatabase(`${table} ${id} is not there`)
      const changed = Object.entries(values).filter(([column, value]) => before[column] !== value)
      if (changed.length === 0) return
      checkUniques(table, id, { ...before, ...values })
      const rules = rulesOf(table)
      write(table, id, (state, stamp) => ({
        ...state,
        values: { ...state.values, ...Object.fromEntries(changed) },
        stamps: {
          ...state.stamps,
          ...Object.fromEntries(changed.map(([column]) => [registerOf(rules, column), stamp])),
        },
      }))
    },
    remove(table, id) {
      for (const { name: child, references } of schema)
        for (const { column, parent, onDelete } of references) {
          if (parent !== table) continue
          for (const [childId, values] of living(child)) {
            if (values[column] !== id || (child === table && childId === id)) continue
            if (onDelete === 'RESTRICT') throw new RefusedByDatabase(`${child} hangs on ${table}`)
            if (onDelete === 'SET NULL') statements.update(child, childId, { [column]: null })
            else statements.remove(child, childId)
          }
        }
      write(table, id, (state, stamp) => ({
        ...state,
        deletion: { stamp, saw: { ...seenBy(state), [stamp[1]]: stamp[0] } },
      }))
    },
  }

  const transaction: Transaction = {
    rows: living,
    insert: (table, values) => wholly(() => statements.insert(table, values)),
    update: (table, id, values) => wholly(() => statements.update(table, id, values)),
    remove: (table, id) => wholly(() => statements.remove(table, id)),
  }

  const seal = () => {
    const rows = [...held.rows.values()].filter(({ change }) => change > held.sealed)
    if (rows.length === 0) return
    const last = held.outbox.at(-1)
    const previous = last?.hash ?? ''
    const number = (last?.number ?? 0) + 1
    const { site, incarnation, cursor } = held
    const head = JSON.stringify({ protocol, schema: 1, site, incarnation, number, previous, cursor })
    const body = rows.map(({ state, base }) => JSON.stringify({ ...state, base })).join('\n')
    held.outbox.push({ number, head, body, hash: hashOf(previous, { head, body }), throughChange: held.change })
    held.sealed = held.change
  }

  const apply = (upto: number) => {
    const waiting = [...held.parked, ...held.inbox]
    held.parked = []
    const taken = new Map(waiting.map((row) => [`${row.table}:${row.id}`, row]))
    for (const { number, ...state } of taken.values()) receive(state, number)
    offerChildren([...taken.values()])
    held.inbox = []
    held.cursor = upto
  }

  const receive = (incoming: RowState, number: number) => {
    const own = held.rows.get(`${incoming.table}:${incoming.id}`)
    const table = schema.find((one) => one.number === incoming.table) ?? fail('unknown table')
    const { state } = mergeRows(own?.state ?? incoming, incoming, rulesOf(table.name))
    held.rows.set(`${state.table}:${state.id}`, { state, base: number, change: own?.change ?? 0 })
    held.clock = Math.max(held.clock, Math.min(highestClock(incoming), clockAt(now() + 5 * 60_000)))
  }

  const hello = async ({ transport }: RoundSurroundings) => {
    const { site, incarnation, cursor, history } = held
    const reply = await transport.hello({
      protocol,
      schema: 1,
      app: 'model',
      site,
      incarnation,
      cursor,
      history,
      now: now(),
    })
    if (reply.status === 'rolledBack') {
      held.history = reply.history
      held.cursor = Math.min(held.cursor, reply.head)
      held.inbox = []
      held.change += 1
      const sealed = sealedFirst(held.outbox.filter(({ number }) => number > reply.acknowledged))
      for (const [key, row] of held.rows) {
        if (row.base <= reply.head) continue
        row.change = held.change
        const before = sealed.get(key)
        // What it may only have overwritten it does not claim to have seen.
        if (before) row.state = { ...row.state, seen: joined(seenBy(before), writtenIn(row.state)) }
      }
    }
    held.spareSites = reply.spareSites ?? held.spareSites
    if (reply.status === 'resync') held.cursor = 0
    if (reply.status === 'rolledBack') held.acknowledged = reply.acknowledged
    return reply.status
  }

  const parentsOf = ({ table, values }: RowState) =>
    (schema.find((one) => one.number === table)?.references ?? []).flatMap(({ column, parent, onDelete }) =>
      onDelete === 'SET NULL' || parent === 'organizations' ? [] : [`${tableOf(parent).number}:${values[column]}`],
    )

  /** What was refused for want of its parent is offered again as soon as the centre has that. */
  const offerChildren = (rows: readonly RowState[]) => {
    const came = new Set(rows.map(({ table, id }) => `${table}:${id}`))
    const orphans = [...held.orphans].flatMap((key) => held.rows.get(key) ?? [])
    if (!orphans.some(({ state }) => parentsOf(state).some((key) => came.has(key)))) return
    held.orphans.clear()
    held.change += 1
    for (const row of orphans) row.change = held.change
  }

  const round = async (surroundings: RoundSurroundings): Promise<string> => {
    const { transport, at } = surroundings
    const status = await hello(surroundings)
    if (status === 'revoked' || status === 'upgrade' || status === 'fork') return status
    if (status !== 'ok') return round(surroundings)
    at('sealed before push')
    seal()
    for (const sealed of held.outbox.filter(({ number }) => number > held.acknowledged)) {
      at('before push')
      const reply = await transport.push({ ...sealed, signature: '' })
      at('pushed')
      if (reply.status !== 'ok' && reply.status !== 'duplicate') return reply.status
      const refused = new Set(reply.refused.map(({ table, id }) => `${table}:${id}`))
      const rows: RowState[] = sealed.body.split('\n').map((line) => JSON.parse(line))
      offerChildren(rows.filter(({ table, id }) => !refused.has(`${table}:${id}`)))
      for (const { table, id, reason } of reply.refused)
        if (reason === 'parentMissing') held.orphans.add(`${table}:${id}`)
      held.acknowledged = sealed.number
      held.acknowledgedChange = Math.max(held.acknowledgedChange, sealed.throughChange)
      at('acknowledged')
    }
    let [cursor, upto, hasMore]: [number, number | null, boolean] = [held.cursor, null, true]
    held.inbox = []
    while (hasMore) {
      const page = await transport.pull({ cursor, upto, limit: 50 })
      at('pulled')
      held.inbox.push(...rowsIn(page))
      ;({ cursor, upto, hasMore } = page)
    }
    seal()
    at('before apply')
    apply(upto ?? cursor)
    at('applied')
    return 'ok'
  }

  return {
    name,
    site: () => held.site,
    rows: living,
    transact(work) {
      const before = { ...held, counters: { ...held.counters }, rows: new Map(held.rows) }
      try {
        held.change += 1
        return work(transaction)
      } catch (error) {
        held = before
        throw error
      }
    },
    round,
    restart: () => {},
    backUp: () => structuredClone(held),
    copyDisk: () => structuredClone(held),
    restore(backup) {
      const { site: _, spareSites: __, ...old } = structuredClone(backup) as Held
      const [site, ...spareSites] = held.spareSites
      // It was restored as often without having been at the centre in between.
      if (site === undefined) return
      held = {
        ...old,
        site,
        spareSites,
        incarnation: uuid(),
        counters: {},
        outbox: [],
        sealed: old.acknowledgedChange,
        acknowledged: 0,
        acknowledgedChange: 0,
        inbox: [],
      }
    },
    queues: () => ({
      unsealed: [...held.rows.values()].filter(({ change }) => change > held.sealed).length,
      outbox: held.outbox.filter(({ number }) => number > held.acknowledged).length,
      inbox: held.inbox.length,
      parked: held.parked.length,
      cursor: held.cursor,
      acknowledged: held.acknowledged,
    }),
    update: () => false,
    erase: async () => fail('A model erases nobody.'),
    carryOutOrders: async () => {},
    everything: () =>
      new Map([['held', JSON.stringify([[...held.rows.values()], held.outbox, held.inbox, held.parked])]]),
    lacks: () => lacksNothing,
    refused: () => [],
    faults: () => [],
    close: () => {},
  }
}

function begin({ site, spareSites, history }: Enrolment, incarnation: string): Held {
  return {
    site,
    spareSites,
    incarnation,
    history,
    clock: 0,
    change: 0,
    sealed: 0,
    acknowledged: 0,
    acknowledgedChange: 0,
    chain: '',
    cursor: 0,
    counters: {},
    rows: new Map(),
    outbox: [],
    inbox: [],
    parked: [],
    orphans: new Set(),
  }
}

/** Each row as it was when it was sealed first. */
function sealedFirst(outbox: Sealed[]): Map<string, RowState> {
  const rows = outbox.flatMap(({ body }) => body.split('\n').map((line): RowState => JSON.parse(line)))
  return new Map(rows.reverse().map((row) => [`${row.table}:${row.id}`, row]))
}

function fail(message: string): never {
  throw new Error(message)
}
