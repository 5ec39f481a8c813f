import { registry } from '../../../main/database/registry.ts'
import { highestClock, type RowState, type Stamp } from '../../../main/sync/state.ts'
import type { Centre, CentreRow } from './centre.ts'
import { notice } from './conflicts.ts'
import { isLiving, livingIn, rowAt } from './living.ts'
import { outRevive, outWrite } from './out-write.ts'

/** A living row has living parents, where it cannot be without them: they live again. Gives the rows to be looked at again. */
export function reviveParents(centre: Centre, row: CentreRow): CentreRow[] {
  const dead = deadReferences(centre, row, true).map(({ parent }) => parent)
  const revived = [...new Set(dead)]
  for (const parent of revived) revive(centre, parent)
  return revived
}

/** Where it can, the reference is emptied. */
export function emptyReferences(centre: Centre, row: CentreRow): CentreRow[] {
  const dead = deadReferences(centre, row, false)
  for (const { child, column } of dead) outWrite(centre, child, { [column]: null })
  return dead.map(({ child }) => child)
}

interface DeadReference {
  child: CentreRow
  column: string
  parent: CentreRow
}

/** References of a living row to dead ones, or of living rows to a dead one. */
function deadReferences(centre: Centre, row: CentreRow, isFirm: boolean): DeadReference[] {
  return isLiving(centre, row) ? fromChild(centre, row, isFirm) : toParent(centre, row, isFirm)
}

function fromChild(centre: Centre, child: CentreRow, isFirm: boolean): DeadReference[] {
  return (centre.schema.get(child.state.table)?.references ?? []).flatMap(({ column, parent: table, onDelete }) => {
    const parent = rowAt(centre, child.organizationId, registry[table].number, child.state.values[column])
    const isDead = parent !== undefined && !isLiving(centre, parent)
    return isDead && isFirm === (onDelete !== 'SET NULL') ? [{ child, column, parent }] : []
  })
}

function toParent(centre: Centre, parent: CentreRow, isFirm: boolean): DeadReference[] {
  return [...centre.schema.values()].flatMap(({ number, name, references }) =>
    references
      .filter((one) => registry[one.parent].number === parent.state.table && name !== 'organizations')
      .filter(({ onDelete }) => isFirm === (onDelete !== 'SET NULL'))
      .flatMap(({ column }) =>
        livingIn(centre, parent.organizationId, number)
          .filter(({ state }) => state.values[column] === parent.state.id)
          .map((child) => ({ child, column, parent })),
      ),
  )
}

function latest(state: RowState): Stamp {
  return [highestClock(state), 0]
}

function revive(centre: Centre, dead: CentreRow) {
  const lost = dead.state.deletion?.stamp ?? dead.state.stamp
  outRevive(centre, dead)
  notice(centre, dead, { kind: 'parentRevived', register: '*', kept: latest(dead.state), lost, lostValues: {} })
}
