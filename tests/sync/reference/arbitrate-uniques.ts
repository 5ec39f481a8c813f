import { registry } from '../../../main/database/registry.ts'
import { registerOf, registersOf } from '../../../main/sync/rules.ts'
import { compareStamps, type Stamp, stampOf, type Value } from '../../../main/sync/state.ts'
import { runningKey, type TableSchema, uniqueKey } from '../schema.ts'
import { isLiving, livingIn } from './arbitrate.ts'
import type { Centre, CentreRow } from './centre.ts'
import { notice } from './conflicts.ts'
import { latestOf, outDelete, outWrite, rulesOfRow } from './out-write.ts'

/**
 * No two living rows share what only one may have. `later` are the rows that were accepted after this one, with which it is
 * compared when their turn comes. Gives the rows to be looked at again.
 */
export function repairUniques(centre: Centre, row: CentreRow, later: CentreRow[]): CentreRow[] {
  const table = centre.schema.get(row.state.table)
  if (!table || !isLiving(centre, row)) return []
  const keys = [
    ...table.uniques.map((columns) => (one: CentreRow) => uniqueKey(columns, one.state.values)),
    (one: CentreRow) => runningKey(table.name, one.state.values),
  ]
  for (const [index, key] of keys.entries()) {
    const own = key(row)
    if (own === undefined) continue
    const first = livingIn(centre, row.organizationId, table.number).find(
      (other) => other !== row && !later.includes(other) && key(other) === own,
    )
    if (first) return repair(centre, table, table.uniques[index] ?? [], first, row)
  }
  return []
}

function repair(centre: Centre, { name }: TableSchema, columns: readonly string[], first: CentreRow, row: CentreRow) {
  if (name === 'users') rename(centre, first, row)
  else if (name === 'attempts' && columns.length > 0) renumber(centre, row)
  else if (name === 'attempts') handIn(centre, first, row)
  else return join(centre, columns, first, row)
  return [row]
}

function rename(centre: Centre, first: CentreRow, row: CentreRow) {
  const { email = null } = row.state.values
  const lost = stampOf(row.state, 'email')
  outWrite(centre, row, { email: `dup-${row.state.id}~${email}`.slice(0, 120) })
  notice(centre, row, {
    kind: 'sameName',
    register: 'email',
    kept: stampOf(first.state, 'email'),
    lost,
    lostValues: { email },
  })
}

function renumber(centre: Centre, row: CentreRow) {
  const same = livingIn(centre, row.organizationId, row.state.table).filter((other) =>
    ['assessment_id', 'beneficiary_id'].every((column) => other.state.values[column] === row.state.values[column]),
  )
  const highest = Math.max(...same.map(({ state }) => Number(state.values['attempt_number'])))
  outWrite(centre, row, { attempt_number: highest + 1 })
}

function handIn(centre: Centre, first: CentreRow, row: CentreRow) {
  const lost = stampOf(row.state, 'progress')
  const lostValues = { state: 'running', submitted_at: row.state.values['submitted_at'] ?? null }
  outWrite(centre, row, { state: 'handed_in', submitted_at: new Date(centre.now()).toISOString() })
  notice(centre, row, {
    kind: 'sameThing',
    register: 'progress',
    kept: stampOf(first.state, 'progress'),
    lost,
    lostValues,
  })
}

/** Two rows that mean one thing: the first stays, with what was written later to either, and the other goes. */
function join(centre: Centre, key: readonly string[], first: CentreRow, row: CentreRow): CentreRow[] {
  const rules = rulesOfRow(centre, row.state)
  const taken: Record<string, Value> = {}
  const lost: Record<string, Value> = {}
  for (const { name, columns, isQuiet } of registersOf(rules, first.state, row.state)) {
    const isTaken = compareStamps(stampOf(row.state, name), stampOf(first.state, name)) > 0
    for (const column of columns) {
      const [own, other] = [first.state.values[column] ?? null, row.state.values[column] ?? null]
      if (key.includes(column) || own === other) continue
      if (isTaken) taken[column] = other
      if (!isQuiet) lost[column] = isTaken ? own : other
    }
  }
  const [kept, gone]: [Stamp, Stamp] = [latestOf(centre, first.state), latestOf(centre, row.state)]
  if (Object.keys(taken).length > 0) outWrite(centre, first, whole(first, taken, rules))
  if (Object.keys(lost).length > 0)
    notice(centre, first, { kind: 'sameThing', register: '*', kept, lost: gone, lostValues: lost })
  const moved = repoint(centre, row, first)
  outDelete(centre, row)
  return [first, ...moved]
}

/** A register is written as a whole. */
function whole(first: CentreRow, taken: Record<string, Value>, rules: ReturnType<typeof rulesOfRow>) {
  const registers = new Set(Object.keys(taken).map((column) => registerOf(rules, column)))
  const own = Object.entries(first.state.values).filter(([column]) => registers.has(registerOf(rules, column)))
  return { ...Object.fromEntries(own), ...taken }
}

function repoint(centre: Centre, from: CentreRow, to: CentreRow): CentreRow[] {
  const moved: CentreRow[] = []
  for (const { number, references } of centre.schema.values())
    for (const { column, parent } of references) {
      if (registry[parent].number !== from.state.table) continue
      for (const child of livingIn(centre, from.organizationId, number)) {
        if (child.state.values[column] !== from.state.id) continue
        outWrite(centre, child, { [column]: to.state.id })
        moved.push(child)
      }
    }
  return moved
}
