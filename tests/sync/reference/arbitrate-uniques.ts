import { registry } from '../../../main/database/registry.ts'
import { registersOf } from '../../../main/sync/rules.ts'
import { compareStamps, stampOf, type Value } from '../../../main/sync/state.ts'
import { runningKey, type TableSchema, uniqueKey } from '../schema.ts'
import type { Centre, CentreRow } from './centre.ts'
import { notice } from './conflicts.ts'
import { isLiving, livingIn } from './living.ts'
import { outDelete, outWrite, rulesOfRow } from './out-write.ts'

/** No two living rows share what only one may have: the one accepted first keeps it. Gives the rows to be looked at again. */
export function repairUniques(centre: Centre, row: CentreRow): CentreRow[] {
  const table = centre.schema.get(row.state.table)
  if (!table || !isLiving(centre, row)) return []
  const keys = [
    ...table.uniques.map((columns) => (one: CentreRow) => uniqueKey(columns, one.state.values)),
    (one: CentreRow) => runningKey(table.name, one.state.values),
  ]
  for (const [index, key] of keys.entries()) {
    const own = key(row)
    if (own === undefined) continue
    const [first, ...others] = livingIn(centre, row.organizationId, table.number)
      .filter((other) => key(other) === own)
      .sort((a, b) => a.firstNumber - b.firstNumber)
    if (first && others.length > 0)
      return others.flatMap((other) => repair(centre, table, table.uniques[index] ?? [], first, other))
  }
  return []
}

function repair(centre: Centre, { name }: TableSchema, columns: readonly string[], first: CentreRow, row: CentreRow) {
  if (name === 'users') rename(centre, row)
  else if (name === 'attempts' && columns.length > 0) renumber(centre, row)
  else if (name === 'attempts') handIn(centre, row)
  else return name === 'sync_conflicts' ? joinConflicts(centre, first, row) : join(centre, columns, first, row)
  return [row]
}

function rename(centre: Centre, row: CentreRow) {
  const { email = null } = row.state.values
  const lost = stampOf(row.state, 'email')
  outWrite(centre, row, { email: `dup-${row.state.id}.${email}`.slice(0, 120) })
  const kept = stampOf(row.state, 'email')
  notice(centre, row, { kind: 'sameName', register: 'email', kept, lost, lostValues: { email } })
}

function renumber(centre: Centre, row: CentreRow) {
  const same = livingIn(centre, row.organizationId, row.state.table).filter((other) =>
    ['assessment_id', 'beneficiary_id'].every((column) => other.state.values[column] === row.state.values[column]),
  )
  const highest = Math.max(...same.map(({ state }) => Number(state.values['attempt_number'])))
  outWrite(centre, row, { attempt_number: highest + 1 })
}

function handIn(centre: Centre, row: CentreRow) {
  const { values } = row.state
  const [progress] = registersOf(rulesOfRow(centre, row.state), row.state).filter(({ name }) => name === 'progress')
  const lost = stampOf(row.state, 'progress')
  const lostValues = valuesOf(row, progress?.columns ?? [])
  const at = values['updated_at'] ?? values['started_at'] ?? null
  outWrite(centre, row, { state: 'handed_in', submitted_at: at, paused_at: null })
  notice(centre, row, {
    kind: 'sameThing',
    register: 'progress',
    kept: stampOf(row.state, 'progress'),
    lost,
    lostValues,
  })
}

/** Two rows that mean one thing: the first stays, with what was written later to either, and the other goes. */
function join(centre: Centre, key: readonly string[], first: CentreRow, row: CentreRow): CentreRow[] {
  const taken: Record<string, Value> = {}
  for (const { name, columns, isQuiet } of registersOf(rulesOfRow(centre, row.state), row.state)) {
    const [own, other] = [valuesOf(first, columns), valuesOf(row, columns)]
    if (key.includes(name) || columns.every((column) => own[column] === other[column])) continue
    const [ownStamp, otherStamp] = [stampOf(first.state, name), stampOf(row.state, name)]
    const isTaken = compareStamps(otherStamp, ownStamp) > 0
    if (isTaken)
      Object.assign(taken, Object.fromEntries(Object.entries(other).filter(([column]) => !key.includes(column))))
    if (isQuiet) continue
    const [kept, lost, lostValues] = isTaken ? [otherStamp, ownStamp, own] : [ownStamp, otherStamp, other]
    notice(centre, first, { kind: 'sameThing', register: name, kept, lost, lostValues })
  }
  if (Object.keys(taken).length > 0) outWrite(centre, first, taken)
  const moved = repoint(centre, row, first)
  outDelete(centre, row)
  return [first, ...moved]
}

/** The same was noticed before the centre was restored and after: one stays, with what somebody has decided about either. */
function joinConflicts(centre: Centre, first: CentreRow, row: CentreRow): CentreRow[] {
  const decision = valuesOf(row, ['decided_by', 'decided_at', 'decision'])
  if (first.state.values['decided_at'] === null && decision['decided_at'] !== null) outWrite(centre, first, decision)
  outDelete(centre, row)
  return [first]
}

function valuesOf({ state }: CentreRow, columns: readonly string[]): Record<string, Value> {
  return Object.fromEntries(columns.map((column) => [column, state.values[column] ?? null]))
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
