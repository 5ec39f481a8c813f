import { registry, type TableName } from '../../../main/database/registry.ts'
import { rulesOf } from '../../../main/sync/rules.ts'
import type { Lacks } from './machine.ts'
import { tokenIn, tokensIn } from './tokens.ts'
import { type Doings, placeOf, type Writing } from './user.ts'

interface Written extends Writing {
  machine: string
  organizationId: number
  /** Counts all that machines committed. */
  at: number
  /** Its machine was put back to a time before it, and nobody else had heard of it. */
  isExcused: boolean
}

/** Knows every write that a machine committed and which one its author saw before it; nothing of stamps or vectors. */
export interface Oracle {
  committed(machine: string, organizationId: number, doings: Doings, unseen: Lacks['columns']): void
  /** What was in an envelope that the centre took. */
  received(body: string): void
  /** The machine goes back to what it held then; what nobody else has of its later writes is gone, as its owner wanted. */
  wentBack(machine: string, at: number, held: ReadonlySet<string>): void
  /** Its disk was copied whole: of what it had not sent, neither copy knows any more whether the other one has it too. */
  copied(machine: string): void
  /** The centre goes back: what it had received is as good as never sent, and gone when no machine holds it. */
  centreWentBack(received: ReadonlySet<string>, heldByMachines: ReadonlySet<string>): void
  receivedSoFar(): Set<string>
  now(): number
  rootOf(token: string): string
  /** It began at a machine whose disk was copied before it had sent that: then it may be two rows from there on. */
  mayBeDoubled(root: string): boolean
  lost(findings: Findings): string[]
  falselyAsked(conflicts: AskedConflict[]): string[]
}

export interface Findings {
  /** In living rows of the centre. */
  current: ReadonlySet<string>
  /** In what a person is asked about, or was told that it was not taken. */
  logged: ReadonlySet<string>
}

export interface AskedConflict {
  kind: string
  table: TableName
  id: number
  register: string
  kept: Record<string, unknown>
  lost: Record<string, unknown>
  lostSite: number
}

export function oracle(): Oracle {
  const writes = new Map<string, Written>()
  const followers = new Map<string, Written[]>()
  const removed = new Set<string>()
  /** Rows of which somebody took away more than their program shows. */
  const removedBlindly = new Set<string>()
  const doubled = new Set<string>()
  const doubledRows = new Set<string>()
  const silent = new Set<string>()
  let received = new Set<string>()
  let at = 0

  const isThere = ({ current, logged }: Findings, token: string): boolean =>
    current.has(token) || logged.has(token) || removed.has(token)

  const isFine = (findings: Findings, { token, table, root, isExcused }: Written): boolean => {
    if (isExcused || isThere(findings, token) || isFollowed(findings, token) || removedBlindly.has(root)) return true
    return registry[table].sync === 'push' || rulesOf(table).deletionWins
  }

  /** Somebody who saw it wrote another, or what led to another. A machine that was put back may have had a copy that was not. */
  const isFollowed = (findings: Findings, token: string): boolean =>
    (followers.get(token) ?? []).some(
      (follower) => !follower.isExcused || isThere(findings, follower.token) || isFollowed(findings, follower.token),
    )

  /** Whether somebody who saw one wrote the other, or what led to it. */
  const leadsTo = (from: string, to: string): boolean => {
    for (let token: string | undefined = to; token !== undefined; token = writes.get(token)?.before)
      if (token === from) return true
    return false
  }

  return {
    committed(machine, organizationId, { writings, deleted, silent: places }, unseen) {
      at += 1
      for (const writing of writings) {
        const write = { ...writing, machine, organizationId, at, isExcused: false }
        writes.set(writing.token, write)
        if (writing.before) followers.set(writing.before, [...(followers.get(writing.before) ?? []), write])
      }
      for (const token of deleted) {
        removed.add(token)
        const { root, table } = writes.get(token) ?? { root: token, table: undefined }
        if (table && unseen[table]) removedBlindly.add(root)
      }
      for (const place of places) silent.add(place)
    },
    received(body) {
      for (const token of tokensIn(body)) received.add(token)
    },
    wentBack(machine, since, held) {
      for (const write of writes.values())
        if (write.machine === machine && write.at > since && !received.has(write.token) && !held.has(write.token))
          write.isExcused = true
    },
    copied(machine) {
      const arrived = new Set([...writes.values()].filter(({ token }) => received.has(token)).map(({ root }) => root))
      for (const { token, root, machine: its } of writes.values()) {
        if (its !== machine) continue
        if (!received.has(token)) doubled.add(token)
        if (!arrived.has(root)) doubledRows.add(root)
      }
    },
    centreWentBack(before, heldByMachines) {
      // What followed it comes first: it may have gone back as well.
      for (const token of [...received].toReversed()) {
        const write = writes.get(token)
        const isOver = removed.has(token) || followers.get(token)?.some(({ isExcused }) => !isExcused)
        if (write && !isOver && !before.has(token) && !heldByMachines.has(token)) write.isExcused = true
      }
      received = new Set(before)
    },
    receivedSoFar: () => new Set(received),
    now: () => at,
    rootOf: (token) => writes.get(token)?.root ?? token,
    mayBeDoubled: (root) => doubledRows.has(root),
    lost: (findings) =>
      [...writes.values()]
        .filter((write) => !isFine(findings, write))
        .map(({ token, table, register, machine }) => `${token} in ${register} of ${table} by ${machine} is lost`),
    falselyAsked: (conflicts) =>
      conflicts.flatMap(({ kind, table, id, register, kept, lost, lostSite }) => {
        const columns = Object.keys(lost).filter((column) => lost[column] !== kept[column])
        const isKnown = (column: string) => {
          const [one, other] = [tokenIn(kept[column]), tokenIn(lost[column])]
          return one !== undefined && other !== undefined && !doubled.has(other) && leadsTo(other, one)
        }
        // A group is written as a whole where one column of it is changed; a person may have known the others.
        if (lostSite === 0 || silent.has(placeOf(table, id, register))) return []
        if (kind !== 'concurrentEdit' || columns.length === 0 || !columns.every(isKnown)) return []
        return [`a person is asked about ${JSON.stringify(lost)}, which was overwritten by somebody who saw it`]
      }),
  }
}

export function isSharedTable(table: TableName): boolean {
  return registry[table].sync !== 'push'
}
