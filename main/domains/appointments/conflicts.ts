import type { Conflict, FindConflicts } from '../../../shared/contract/appointments.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { takenIn } from './queries.ts'

/** Everything of the organization counts; what the caller may not see is only said to be there. */
export async function conflictsWith(db: Reader, scope: Scope, wanted: FindConflicts): Promise<Conflict[]> {
  const taken = await takenIn(db, scope, { from: wanted.startTime, until: wanted.endTime })
  return taken
    .filter(({ id }) => id !== wanted.exceptId)
    .flatMap((other) => {
      const causes = causesOf(wanted, other)
      if (causes.length === 0) return []
      const isVisible = scope.trainerId === null || other.trainerId === scope.trainerId
      const { startTime, endTime } = other
      return [{ id: isVisible ? other.id : null, title: isVisible ? other.title : null, startTime, endTime, causes }]
    })
}

type Needs = Pick<FindConflicts, 'trainerId' | 'beneficiaryId' | 'location'>

function causesOf(wanted: Needs, other: Needs): Conflict['causes'] {
  const causes: Conflict['causes'] = []
  if (wanted.trainerId !== null && wanted.trainerId === other.trainerId) causes.push('trainer')
  if (wanted.beneficiaryId !== null && wanted.beneficiaryId === other.beneficiaryId) causes.push('beneficiary')
  if (wanted.location !== '' && fold(wanted.location) === fold(other.location)) causes.push('location')
  return causes
}
