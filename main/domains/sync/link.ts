import type { Id } from '../../../shared/contract/base.ts'
import type { DirectWay, Enrol, SyncState } from '../../../shared/contract/sync.ts'
import type { Writer } from '../../database/database.ts'
import type { TableName } from '../../database/registry.ts'

export interface Joining extends Pick<Enrol, 'invitation' | 'machine'> {
  /** Who asked for it; null where nobody has an account yet. */
  by: Id | null
}

/** What the handlers need of the machinery that agrees with the centre. */
export interface SyncLink {
  /** Begins a round as soon as may be. */
  now(): void
  running(): SyncState['running']
  /** The last round found nobody at the centre. */
  isAway(): boolean
  /** Whether only a person decides what is right in this part of a record. */
  needsPerson(table: string, register: string): boolean
  /** Counts as written by whoever makes the call, within its write, though it stays as it is. */
  writeAgain(again: { table: TableName; id: Id; register: string }): void
  /** Reaches the centre, copies the data and moves it all into the site that the centre gave out. @throws {Refusal} */
  enrol(joining: Joining): Promise<void>
  /** Looks whether the centre answers by this way. @throws {Refusal} */
  tryDirect(way: DirectWay): Promise<void>
  /** The next round goes another way, and begins as soon as may be. */
  changeWay(): void
  /** Makes this database one that belongs to no centre, within the write of the call. */
  leave(db: Writer): Promise<void>
  /** The host opens everything anew. */
  startAnew(): void
}
