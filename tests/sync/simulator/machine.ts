import type { TableName } from '../../../main/database/registry.ts'
import type { Value } from '../../../main/sync/state.ts'
import type { Transport } from '../../../main/sync/wire.ts'

export type Values = Record<string, Value>

/** What a transaction of a user may do; the database may refuse each step, and then nothing of the transaction stays. */
export interface Transaction {
  /** Living rows by id, in the order of their ids. */
  rows(table: TableName): ReadonlyMap<number, Values>
  insert(table: TableName, values: Values): number
  update(table: TableName, id: number, values: Values): void
  remove(table: TableName, id: number): void
}

/** Thrown at the named point at which a machine loses its power. */
export class Crash extends Error {
  override name = 'Crash'
}

/** The database said no; a person would have been told. */
export class RefusedByDatabase extends Error {
  override name = 'RefusedByDatabase'
}

export interface Lacks {
  tables: readonly TableName[]
  columns: Partial<Record<TableName, readonly string[]>>
}

export const lacksNothing: Lacks = { tables: [], columns: {} }

export interface RoundSurroundings {
  transport: Transport
  /** Called at every point at which a machine may stop. @throws {Crash} */
  at(point: string): void
  /** Called before every statement. @throws {Crash} */
  statement(): void
}

export interface Queues {
  unsealed: number
  outbox: number
  inbox: number
  parked: number
  cursor: number
  acknowledged: number
}

/** A copy of a database and the program that syncs it: in the model, or the real ones. */
export interface Machine {
  readonly name: string
  site(): number
  transact<T>(work: (transaction: Transaction) => T): T
  rows(table: TableName): ReadonlyMap<number, Values>
  /** One round; throws what its transport throws, and Crash. Says what came of it. */
  round(surroundings: RoundSurroundings): Promise<string>
  /** What a machine finds when it starts again after a power cut. */
  restart(): void
  /** As the program makes one: what was not sent is sealed before. */
  backUp(): unknown
  copyDisk(): unknown
  /** Puts a backup in the place of the database, as a person does who restores one. */
  restore(backup: unknown): void
  /** The program is updated; says whether it was an older one. */
  update(): boolean
  /** Erases a person here; a model knows of no erasure. */
  erase(personId: number, organizationId: number): Promise<void>
  /** At every start and after every round: erases whom an order names who is here all the same. */
  carryOutOrders(): Promise<void>
  /** Everything that it keeps but its logs, by place. */
  everything(): ReadonlyMap<string, string>
  /** What its tables have no place for: the program is older than others. */
  lacks(): Lacks
  /** Rows that the centre did not take, of which their people were told. */
  refused(): { table: number; id: number; reason: string }[]
  queues(): Queues
  /** Says what is broken within the database; nothing when all is well. */
  faults(): string[]
  close(): void
}
