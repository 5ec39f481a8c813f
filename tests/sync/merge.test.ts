import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registry } from '../../main/database/registry.ts'
import { isAlive, mergeRows } from '../../main/sync/merge.ts'
import { registersOf, rulesOf } from '../../main/sync/rules.ts'
import { compareStamps, type RowState, stampOf } from '../../main/sync/state.ts'
import { inputs } from '../support/inputs.ts'
import { stateOf, statesOfOneRow, syncedTables } from './arbitrary-rows.ts'
import { type History, receive, replay, type Step, steps, type Write } from './row-history.ts'

const tables = syncedTables()
const numRuns = inputs(1000)

describe('joining any states of one row', () => {
  it('does not depend on who delivers', () => {
    check(2, ({ merge, states: [a, b] }) => expect(merge(a, b)).toEqual(merge(b, a)))
  })

  it('does not depend on the order of deliveries', () => {
    check(3, ({ merge, states: [a, b, c] }) => expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c))))
  })

  it('does not depend on how often the same is delivered', () => {
    check(2, ({ merge, states: [a, b] }) => {
      const both = merge(a, b)
      expect(merge(both, a)).toEqual(both)
      expect(merge(b, both)).toEqual(both)
      expect(merge(both, both)).toEqual(both)
    })
  })

  it('gives the same state one form', () => {
    check(2, ({ merge, states: [a, b] }) => {
      const both = merge(a, b)
      expect(JSON.stringify(merge(both, a))).toBe(JSON.stringify(both))
      expect(JSON.stringify(merge(b, a))).toBe(JSON.stringify(both))
    })
  })

  it('asks nobody about what both sides have', () => {
    check(2, ({ states: [a, b], rules }) => {
      const both = mergeRows(a, b, rules).state
      expect(mergeRows(both, a, rules).conflicts).toEqual([])
      expect(mergeRows(b, both, rules).conflicts).toEqual([])
    })
  })

  it('finds the same conflicts whoever delivers', () => {
    check(2, ({ states: [a, b], rules }) => {
      expect(mergeRows(a, b, rules).conflicts).toEqual(mergeRows(b, a, rules).conflicts)
    })
  })
})

describe('columns that only one of two programs knows', () => {
  const { columns } = table('beneficiaries')
  const rules = rulesOf('beneficiaries')

  it('keep what the newer program wrote, however late the older one wrote the rest', () => {
    fc.assert(
      fc.property(
        stateOf('beneficiaries', columns),
        stateOf('beneficiaries', [...columns, 'added']),
        (older, newer) => {
          const { state, conflicts } = mergeRows(older, newer, rules)
          expect(state.values['added']).toEqual(newer.values['added'])
          expect(conflicts.filter(({ register }) => register === 'added')).toEqual([])
        },
      ),
      { numRuns },
    )
  })

  it('may have any name', () => {
    const odd: RowState = { table: 4, id: 1, values: { constructor: 'a', notes: 'b' }, stamp: [5, 1] }
    const plain: RowState = { table: 4, id: 1, values: { notes: 'c' }, stamp: [4, 2] }
    expect(mergeRows(plain, odd, rules).state).toMatchObject({
      values: { constructor: 'a', notes: 'b' },
      stamp: [5, 1],
    })
  })
})

describe('a row whose image is gone', () => {
  it('stays dead and is joined with what comes late', () => {
    const rules = rulesOf('beneficiaries')
    const bare: RowState = { table: 4, id: 1, values: {}, stamp: [5, 1], deletion: { stamp: [5, 1], saw: { 1: 5 } } }
    const late: RowState = { table: 4, id: 1, values: { notes: 'late' }, stamp: [2, 2] }
    expect(mergeRows(bare, bare, rules)).toEqual({ state: bare, conflicts: [] })
    expect(isAlive(bare, rules)).toBe(false)
    expect(isAlive(mergeRows(bare, late, rules).state, rules)).toBe(true)
  })
})

describe('a history of machines that write, delete and receive', () => {
  it('ends in one state once everybody has heard of everything', () => {
    checkHistories((history, name) => {
      const [first, ...others] = settled(history, name)
      for (const other of others) expect(other).toEqual(first)
    })
  })

  it('never asks about a write whose author had seen the other', () => {
    checkHistories((history, name) => {
      settled(history, name)
      for (const { kind, register, kept, lost } of history.conflicts) {
        if (kind !== 'concurrentEdit') continue
        const [one, other] = [writeOf(history, register, kept), writeOf(history, register, lost)]
        expect(one.knew.has(other) || other.knew.has(one)).toBe(false)
      }
    })
  })

  it('keeps every write, or has it overwritten by somebody who saw it, or asks', () => {
    checkHistories((history, name) => {
      const [final] = settled(history, name)
      const lost = history.writes.filter((write) => !write.isQuiet && final && !isKept(history, final, write))
      expect(lost).toEqual([])
    })
  })

  it('lets a deletion take only what somebody who deleted had seen', () => {
    checkHistories((history, name) => {
      const [final] = settled(history, name)
      if (!final) return
      const rules = rulesOf(name)
      const deletions = [...(history.machines[0]?.deletions ?? [])]
      const isUnknown = registersOf(rules, final).some(({ name: register, isQuiet }) => {
        const current = writeOf(history, register, stampOf(final, register))
        return !isQuiet && !deletions.some(({ knew }) => knew.has(current))
      })
      expect(isAlive(final, rules)).toBe(deletions.length === 0 || (!rules.deletionWins && isUnknown))
    })
  })

  it('asks about a deletion that was overridden, and only then', () => {
    checkHistories((history, name) => {
      const [final] = settled(history, name)
      const wasRevived = history.conflicts.some(({ kind }) => kind === 'deleteOverridden')
      if (wasRevived) expect(final?.deletion).toBeDefined()
      const [dead] = history.machines
      if (!final?.deletion || !isAlive(final, rulesOf(name)) || !dead) return
      expect(wasRevived).toBe(true)
    })
  })
})

it('asks nobody about a deletion that whoever wrote since knew of, as the centre does for a parent', () => {
  const rules = rulesOf('groups')
  const row: RowState = { table: 20, id: 1, values: { name: 'Group' }, stamp: [10, 1] }
  const dead: RowState = { ...row, seen: { 1: 10, 2: 20 }, deletion: { stamp: [20, 2], saw: { 1: 10, 2: 20 } } }
  const revived: RowState = { ...row, stamp: [30, 0], seen: { 0: 30, 1: 10, 2: 20 } }
  const unaware: RowState = { ...row, stamp: [30, 3], seen: { 1: 10, 3: 30 } }
  expect(isAlive(mergeRows(dead, revived, rules).state, rules)).toBe(true)
  expect(mergeRows(dead, revived, rules).conflicts).toEqual([])
  expect(mergeRows(dead, unaware, rules).conflicts).toMatchObject([{ kind: 'deleteOverridden' }])
})

describe('the rules of every table', () => {
  it.each(tables.map(({ table: name, columns }) => [name, columns] as const))(
    'name each column of %s once',
    (name, columns) => {
      const rules = rulesOf(name)
      const grouped = Object.values(rules.groups).flat()
      expect(new Set(grouped).size).toBe(grouped.length)
      expect(columns).toEqual(expect.arrayContaining(grouped))
      const blank: RowState = {
        table: 1,
        id: 1,
        values: Object.fromEntries(columns.map((c) => [c, null])),
        stamp: [1, 1],
      }
      const registers = registersOf(rules, blank)
      expect(registers.flatMap((register) => register.columns).sort()).toEqual([...columns].sort())
      for (const { name: register, columns: its } of registers)
        expect([register, columns.includes(register) && !its.includes(register)]).toEqual([register, false])
      for (const register of [...rules.decidedByPeople, ...Object.keys(rules.groups)])
        expect(registers.map((one) => one.name)).toContain(register)
      expect(registers.every(({ isQuiet }) => isQuiet)).toBe(registry[name].sync === 'push')
    },
  )
})

type States<N extends number> = N extends 2 ? [RowState, RowState] : [RowState, RowState, RowState]

interface Case<N extends number> {
  states: States<N>
  rules: ReturnType<typeof rulesOf>
  merge(a: RowState, b: RowState): RowState
}

function check<N extends 2 | 3>(count: N, holds: (one: Case<N>) => void) {
  fc.assert(
    fc.property(statesOfOneRow(count, tables), ({ table: name, states }) => {
      const rules = rulesOf(name)
      holds({ states: states as States<N>, rules, merge: (a, b) => mergeRows(a, b, rules).state })
    }),
    { numRuns },
  )
}

function checkHistories(holds: (history: History, table: (typeof tables)[number]['table']) => void) {
  const run = (one: (typeof tables)[number], machines: number, its: Step[]) =>
    holds(replay(one.table, one.columns, machines, its), one.table)
  fc.assert(
    fc.property(
      fc.constantFrom(...tables),
      fc.integer({ min: 2, max: 4 }).chain((machines) => fc.tuple(fc.constant(machines), steps(machines))),
      (one, [machines, its]) => run(one, machines, its),
    ),
    { numRuns },
  )
}

/** Everybody hears of everything; two rounds, as what the first one heard last has to go around. */
function settled(history: History, name: (typeof tables)[number]['table']): RowState[] {
  for (let round = 0; round < 2; round += 1)
    for (const machine of history.machines) for (const other of history.machines) receive(history, machine, other, name)
  return history.machines.map(({ state }) => state)
}

/** What somebody wrote alike without knowing of it stands for it. */
function isKept(history: History, final: RowState, write: Write): boolean {
  const { register, stamp, value } = write
  if (compareStamps(stampOf(final, register), stamp) === 0) return true
  if (history.conflicts.some(({ register: its, lost }) => its === register && compareStamps(lost, stamp) === 0))
    return true
  const others = history.writes.filter((other) => other.register === register)
  if (others.some(({ knew }) => knew.has(write))) return true
  return others.some(
    (other) => other.value === value && compareStamps(other.stamp, stamp) > 0 && isKept(history, final, other),
  )
}

function writeOf({ writes }: History, register: string, stamp: readonly [number, number]): Write {
  const found = writes.find((write) => write.register === register && compareStamps(write.stamp, [...stamp]) === 0)
  if (!found) throw new Error(`Nobody wrote ${register} at ${stamp.join(' of ')}.`)
  return found
}

function table(name: (typeof tables)[number]['table']) {
  const found = tables.find((one) => one.table === name)
  if (!found) throw new Error(`${name} does not travel.`)
  return found
}
