import type { Clock } from '../../clock.ts'
import type { DatabaseFile } from '../../database/database.ts'
import type { Provider } from './provider.ts'
import type { Account } from './queries.ts'

/** What both sides agree with, once. */
export interface Round {
  database: DatabaseFile
  clock: Clock
  account: Account
  provider: Provider
  stopping: AbortSignal
}
