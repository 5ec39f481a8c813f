import type { TableName } from '../../../main/database/registry.ts'
import type { Enrolment, Transport } from '../../../main/sync/wire.ts'
import type { Values } from './machine.ts'
import type { Whom } from './scope.ts'

/** A centre that machines can be tried against: the one in memory, or the one in PostgreSQL. */
export interface Server {
  admit(organizationId: number, whom?: Whom): Promise<Enrolment>
  transportOf(site: () => number): Transport
  revoke(site: number): Promise<void>
  backUp(): Promise<() => Promise<void>>
  /** Its program is updated and knows all tables. */
  update(): Promise<void>
  /** Forgets deletions: those that every device has heard of, or all of them when every device was away for too long. */
  collect(organizationId: number, isEveryoneAway: boolean): Promise<void>
  /** Rows that live, by table and id. */
  living(organizationId: number): Promise<Map<TableName, Map<number, Values>>>
  /** The same with what is gone, of which it still knows what it said. */
  known(organizationId: number): Promise<Map<TableName, Map<number, Values>>>
  head(organizationId: number): Promise<number>
  /** Says what is broken within the centre; nothing when all is well. */
  faults(organizationId: number): Promise<string[]>
  /** The typed tables in which something else stands than the states of rows say. */
  mistyped(organizationId: number): Promise<string[]>
  refused(): Promise<string[]>
  /** All that it keeps of an organization but its logs, by place. */
  everything(organizationId: number): Promise<ReadonlyMap<string, string>>
}

export interface ServerOptions {
  organizations: readonly number[]
  now(): number
  uuid(): string
  /** Its program is of an earlier version than those of the machines. */
  isOlder: boolean
}

/** The table that an earlier program of the centre does not know. */
export const unknownToOlder: TableName = 'groups'

/** And a column of a table that it does know: only a centre in PostgreSQL has any. */
export const unknownColumn: { table: TableName; column: string } = { table: 'assessments', column: 'description' }

export type MakeServer = (options: ServerOptions) => Promise<Server>
