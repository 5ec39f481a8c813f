import { registry } from '../../../../main/database/registry.ts'
import type { TestCentre, TestDevice } from '../centre.ts'

export const users = registry.users.number

export interface Arriving {
  /** There once the first test runs. */
  centre(): TestCentre
  /** Two devices of one organization. */
  two(): Promise<{ organization: number; a: TestDevice; b: TestDevice }>
  /** Rows of the typed tables of the centre. */
  typed(sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]>
}
