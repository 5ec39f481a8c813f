import type { ImportProblem } from '../../../shared/contract/imports.ts'

/** What there is to say about a question, before it is known where that question stands. */
export type Finding = Pick<ImportProblem, 'effect' | 'kind' | 'detail'>

export function changed(kind: Finding['kind'], detail: string): Finding {
  return { effect: 'changed', kind, detail }
}

export function skipped(kind: Finding['kind'], detail: string): Finding {
  return { effect: 'skipped', kind, detail }
}
