import type { Id } from '../../../shared/contract/base.ts'

export interface Named {
  id: Id
  name: string
}
