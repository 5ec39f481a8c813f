import { registry } from '../../../main/database/registry.ts'
import { highestClock, type RowState, type Stamp } from '../../../main/sync/state.ts'
import { isLiving, livingIn, rowAt } from './arbitrate.ts'
import type { Centre, CentreRow } from './centre.ts'
import { notice } from './conflicts.ts'
import { outRevive, outWrite } from './out-write.ts'

/** A living row has living parents: they live again, or the reference is emptied. Gives the rows to be looked at again. */
export function repairReferences(centre: Centre, row: CentreRow): CentreRow[] {
  return isLiving(centre, row) ? repairParents(centre, row) : repairChildren(centre, row)
}

function repairParents(centre: Centre, child: CentreRow): CentreRow[] {
  const changed: CentreRow[] = []
  for (const { column, parent, onDelete } of centre.schema.get(child.state.table)?.references ?? []) {
    const its = rowAt(centre, child.organizationId, registry[parent].number, child.state.values[column])
    if (!its || isLiving(centre, its)) continue
    if (onDelete === 'SET NULL') {
      outWrite(centre, child, { [column]: null })
      changed.push(child)
    } else {
      revive(centre, its)
      changed.push(its)
    }
  }
  return changed
}

function repairChildren(centre: Centre, dead: CentreRow): CentreRow[] {
  const emptied: [CentreRow, string][] = []
  for (const { number, name, references } of centre.schema.values())
    for (const { column, parent, onDelete } of references) {
      if (registry[parent].number !== dead.state.table || name === 'organizations') continue
      for (const child of livingIn(centre, dead.organizationId, number)) {
        if (child.state.values[column] !== dead.state.id) continue
        if (onDelete === 'SET NULL') emptied.push([child, column])
        else {
          revive(centre, dead)
          return [dead]
        }
      }
    }
  for (const [child, column] of emptied) outWrite(centre, child, { [column]: null })
  return emptied.map(([child]) => child)
}

function latest(state: RowState): Stamp {
  return [highestClock(state), 0]
}

function revive(centre: Centre, dead: CentreRow) {
  const lost = dead.state.deletion?.stamp ?? dead.state.stamp
  outRevive(centre, dead)
  notice(centre, dead, { kind: 'parentRevived', register: '*', kept: latest(dead.state), lost, lostValues: {} })
}
