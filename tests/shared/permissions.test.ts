import { traverseContractProcedures } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { contract } from '../../shared/contract/index.ts'
import {
  type Access,
  actorKinds,
  cellOf,
  distances,
  type ProcedureName,
  permissions,
} from '../../shared/permissions.ts'

const names: string[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ path }) => {
  names.push(path.join('.'))
})

describe('the table of permissions', () => {
  it('has a row for every procedure, and none for what does not exist', () => {
    expect(Object.keys(permissions).toSorted()).toEqual(names.toSorted())
  })

  it('does not compile without a row, or with one too many', () => {
    const { 'setup.status': missing, ...incomplete } = permissions
    // @ts-expect-error -- `setup.status` has no row.
    const one: Record<ProcedureName, Access> = incomplete
    // @ts-expect-error -- There is no such procedure.
    const other: Record<ProcedureName, Access> = { ...permissions, 'nothing.there': {} }
    expect([missing, one, other]).toBeDefined()
  })

  it('lets somebody call everything', () => {
    for (const [name, access] of Object.entries(permissions)) {
      expect({ name, callers: Object.keys(access).length }).not.toEqual({ name, callers: 0 })
    }
  })

  it('shows nobody more of what is further away', () => {
    const order = ['deny', 'own only', 'allow']
    for (const name of Object.keys(permissions) as ProcedureName[]) {
      for (const actor of actorKinds) {
        const reached = distances.map((distance) => order.indexOf(cellOf(actor, name, distance)))
        expect(reached).toEqual(reached.toSorted((a, b) => b - a))
      }
    }
  })

  it('keeps trainers and administrators in their organization, and learners with themselves', () => {
    for (const name of Object.keys(permissions) as ProcedureName[]) {
      for (const actor of ['admin', 'trainer', 'student', 'kiosk', 'room', 'nobody'] as const) {
        expect(cellOf(actor, name, 'other organization')).not.toBe('allow')
      }
      expect(cellOf('student', name, 'own organization')).not.toBe('allow')
    }
  })
})
