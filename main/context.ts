import type { AnyContractRouter } from '@orpc/contract'
import type { Router } from '@orpc/server'
import type { Id } from '../shared/contract/base.ts'
import type { Refusal } from '../shared/refusal.ts'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Reader, Writer } from './database/database.ts'
import type { Installation } from './domains/identity/installation.ts'
import type { Passwords } from './domains/identity/passwords.ts'

/** Where a host keeps the session token of one visitor: a cookie, or the memory of the shell. */
export interface Credentials {
  read(): string | undefined
  /** Undefined forgets the token; a lasting one survives closing the window. */
  write(token: string | undefined, options: { lasting: boolean }): void
}

/** What a host knows of the one who calls. */
export interface Visitor {
  credentials: Credentials
  ipAddress: string
  userAgent: string
}

/** What stands behind a transport: the whole product, or the little there is while the data is locked. */
export type AnyDoor = Router<AnyContractRouter, Visitor>

export interface ReadContext {
  db: Reader
  actor: Actor
  visitor: Visitor
  clock: Clock
  installation: Installation
  passwords: Passwords
}

export interface WriteContext {
  db: Writer
  actor: Actor
  visitor: Visitor
  clock: Clock
  installation: Installation
  /** The time of this write: one for all rows it touches. */
  now: string
  /** Says which row the activity log should name, and what else is worth keeping. */
  about(resourceId: Id | null, details?: Record<string, string | number | boolean | null>): void
  /** Makes the activity log name somebody who had no session when the call came in. */
  actAs(actor: Pick<Actor, 'userId' | 'organizationId'>): void
  /** Says no after the commit: for a no that must be remembered, such as a wrong try. Throwing would undo the write. */
  refuseAfterwards(refusal: Refusal): void
  /** Runs once the commit is on the disk: for files that belong to what was written. */
  afterwards(work: () => void): void
  /** Takes effect after the commit. */
  setToken(token: string | undefined, options?: { lasting: boolean }): void
}

export type Mutation<I, O> = (context: WriteContext, input: I) => Promise<O>
/** What must not happen inside a transaction, such as hashing, comes first and returns the write. */
export interface PreparedMutation<I, O> {
  prepare(context: ReadContext, input: I): Promise<(context: WriteContext) => Promise<O>>
}
