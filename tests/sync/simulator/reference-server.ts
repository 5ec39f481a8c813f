import { registry, type TableName } from '../../../main/database/registry.ts'
import { everyRow } from '../../support/rows.ts'
import {
  addOrganization,
  admit,
  backUp,
  type CentreRow,
  collect,
  headOf,
  keyOf,
  referenceCentre,
  restore,
  revoke,
} from '../reference/centre.ts'
import { isLiving } from '../reference/living.ts'
import { outInsert } from '../reference/out-write.ts'
import { transportOf } from '../reference/transport.ts'
import { runningKey, uniqueKey } from '../schema.ts'
import type { Values } from './machine.ts'
import { type Server, type ServerOptions, unknownToOlder } from './server.ts'

export async function referenceServer({ organizations, now, uuid, isOlder }: ServerOptions): Promise<Server> {
  const centre = referenceCentre({ now, uuid })
  if (isOlder) centre.lacks.add(registry[unknownToOlder].number)
  for (const id of organizations) {
    addOrganization(centre, id)
    const { id: _, ...whole } = everyRow.organizations
    const values: Values = { ...whole, is_active: 1, slug: `organization-${id}`, name: `Organization ${id}` }
    centre.state.minted = id - 1
    outInsert(centre, id, registry.organizations.number, values)
  }
  centre.state.minted = 1000

  const livingRows = (organizationId: number) =>
    [...centre.state.rows.values()].filter((row) => row.organizationId === organizationId && isLiving(centre, row))

  const byTable = (rows: CentreRow[]) => {
    const tables = new Map<TableName, Map<number, Values>>()
    for (const { name } of centre.schema.values()) tables.set(name, new Map())
    for (const { state } of rows) {
      const table = centre.schema.get(state.table)
      if (table) tables.get(table.name)?.set(state.id, state.values)
    }
    return tables
  }

  return {
    admit: async (organizationId, whom) =>
      admit(centre, { organizationId, organizationName: `Organization ${organizationId}`, ...whom }),
    transportOf: (site) => transportOf(centre, site),
    revoke: async (site) => revoke(centre, site),
    update: async () => centre.lacks.clear(),
    collect: async (organizationId, isEveryoneAway) =>
      collect(centre, organizationId, isEveryoneAway, (row) => !isLiving(centre, row)),
    backUp: async () => {
      const backup = backUp(centre)
      return async () => restore(centre, backup)
    },
    living: async (organizationId) => byTable(livingRows(organizationId)),
    known: async (organizationId) =>
      byTable([...centre.state.rows.values()].filter((row) => row.organizationId === organizationId)),
    head: async (organizationId) => headOf(centre, organizationId).number,
    everything: async (organizationId) =>
      new Map([
        [
          'rows',
          JSON.stringify([...centre.state.rows.values()].filter((row) => row.organizationId === organizationId)),
        ],
      ]),
    refused: async () => centre.state.refused.map((one) => JSON.stringify(one)),
    mistyped: async () => [],
    faults: async (organizationId) => {
      const faults: string[] = []
      const numbers = new Set<number>()
      const taken = new Map<string, number>()
      for (const row of centre.state.rows.values()) {
        if (row.organizationId !== organizationId) continue
        if (numbers.has(row.number)) faults.push(`the feed has ${row.number} twice`)
        numbers.add(row.number)
      }
      const { number: head, floor } = headOf(centre, organizationId)
      if (Math.max(...numbers, floor) !== head) faults.push('the feed does not end at its head')
      for (const { state } of livingRows(organizationId)) {
        const table = centre.schema.get(state.table)
        if (!table) continue
        for (const { column, parent, onDelete } of table.references) {
          const id = state.values[column]
          const its = typeof id === 'number' ? centre.state.rows.get(keyOf(registry[parent].number, id)) : undefined
          if (!its && onDelete === 'SET NULL') continue
          if (typeof id === 'number' && (!its || !isLiving(centre, its) || its.organizationId !== organizationId))
            faults.push(`${table.name} ${state.id} refers to ${parent} ${id}, which is not there`)
        }
        const keys = table.uniques.map((columns) => uniqueKey(columns, state.values))
        for (const [index, key] of [...keys, runningKey(table.name, state.values)].entries()) {
          if (key === undefined) continue
          const whole = `${table.name} ${index} ${key}`
          if (taken.has(whole)) faults.push(`${table.name} has ${key} twice`)
          taken.set(whole, state.id)
        }
      }
      return faults
    },
  }
}
