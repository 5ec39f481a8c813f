import * as fc from 'fast-check'
import { registry, type TableName } from '../../main/database/registry.ts'
import { type Conflict, isAlive, mergeRows } from '../../main/sync/merge.ts'
import { registersOf, rulesOf } from '../../main/sync/rules.ts'
import { highestClock, type RowState, type Stamp, seenBy } from '../../main/sync/state.ts'

/** What one machine does with one row; several of them make a history in which it is known who had seen what. */
export type Step =
  | { do: 'write'; at: number; register: number; value: number; late: number }
  | { do: 'delete'; at: number; late: number }
  | { do: 'receive'; at: number; from: number }

export function steps(machines: number): fc.Arbitrary<Step[]> {
  const at = fc.nat({ max: machines - 1 })
  const late = fc.nat({ max: 3 })
  return fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('write' as const), at, register: fc.nat(30), value: fc.nat(3), late }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), at, late }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('receive' as const), at, from: at }) },
    ),
    { minLength: 3, maxLength: 24 },
  )
}

/** One write of one register, and every write that its author had seen. */
export interface Write {
  register: string
  stamp: Stamp
  value: string
  isQuiet: boolean
  knew: ReadonlySet<Write>
}

export interface Deletion {
  knew: ReadonlySet<Write | Deletion>
}

interface Machine {
  state: RowState
  writes: Set<Write>
  deletions: Set<Deletion>
  clock: number
}

export interface History {
  machines: Machine[]
  conflicts: Conflict[]
  writes: Write[]
}

/** Every machine begins with the row as machine 0 inserted it. */
export function replay(table: TableName, columns: readonly string[], machines: number, history: Step[]): History {
  const rules = rulesOf(table)
  const values = Object.fromEntries(columns.map((column) => [column, 'born']))
  const born: RowState = { table: registry[table].number, id: 1, values, stamp: [1, 1] }
  const registers = registersOf(rules, born)
  const first = registers.map(
    ({ name, isQuiet }): Write => ({
      register: name,
      stamp: [1, 1],
      value: 'born',
      isQuiet,
      knew: new Set(),
    }),
  )
  const all: History = {
    machines: Array.from({ length: machines }, (_, index) => ({
      state: born,
      writes: new Set(first),
      deletions: new Set(),
      clock: index,
    })),
    conflicts: [],
    writes: [...first],
  }
  for (const step of history) {
    const machine = all.machines[step.at]
    if (!machine) continue
    if (step.do === 'receive') receive(all, machine, all.machines[step.from] ?? machine, table)
    else if (isAlive(machine.state, rules)) {
      machine.clock = Math.max(machine.clock + step.late, highestClock(machine.state)) + 1
      if (step.do === 'delete') remove(machine, step.at + 1)
      else write(all, machine, step.at + 1, registers[step.register % registers.length], step.value)
    }
  }
  return all
}

export function receive(all: History, machine: Machine, from: Machine, table: TableName) {
  const { state, conflicts } = mergeRows(machine.state, from.state, rulesOf(table))
  machine.state = state
  machine.writes = new Set([...machine.writes, ...from.writes])
  machine.deletions = new Set([...machine.deletions, ...from.deletions])
  all.conflicts.push(...conflicts)
}

function write(
  all: History,
  machine: Machine,
  site: number,
  register: ReturnType<typeof registersOf>[number] | undefined,
  value: number,
) {
  if (!register) return
  const stamp: Stamp = [machine.clock, site]
  const { state } = machine
  const written: Write = {
    register: register.name,
    stamp,
    value: String(value),
    isQuiet: register.isQuiet,
    knew: machine.writes,
  }
  machine.state = {
    ...state,
    values: { ...state.values, ...Object.fromEntries(register.columns.map((column) => [column, String(value)])) },
    stamps: { ...state.stamps, [register.name]: stamp },
    seen: { ...seenBy(state), [site]: machine.clock },
  }
  machine.writes = new Set([...machine.writes, written])
  all.writes.push(written)
}

function remove(machine: Machine, site: number) {
  const { state } = machine
  const saw = seenBy(state)
  machine.state = {
    ...state,
    seen: { ...saw, [site]: machine.clock },
    deletion: { stamp: [machine.clock, site], saw: { ...saw, [site]: machine.clock } },
  }
  machine.deletions = new Set([...machine.deletions, { knew: machine.writes }])
}
