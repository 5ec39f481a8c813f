import { isContractProcedure } from '@orpc/contract'
import { expect, it } from 'vitest'
import { isKnownAction } from '../../renderer/features/activity/known-actions.ts'
import type { ProcedureMeta } from '../../shared/contract/base.ts'
import { contract } from '../../shared/contract/index.ts'

/** What procedures leave in the activity log. */
function actionsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  if (!isContractProcedure(node)) return Object.values(node).flatMap(actionsOf)
  const meta = node['~orpc'].meta as ProcedureMeta
  if (meta.kind === 'query') return meta.look ? [meta.look.action] : []
  return 'action' in meta.audit ? [meta.audit.action] : []
}

it('names in words everything that the activity log can hold', () => {
  const actions = [...actionsOf(contract), 'privacy.eraseAgain', 'backups.restored', 'sync.enrolled']
  expect(actions.length).toBeGreaterThan(100)
  expect([...new Set(actions)].filter((action) => !isKnownAction(action))).toEqual([])
})
