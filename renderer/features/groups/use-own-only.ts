import { reachOf } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'

/** A trainer sees of a group their own people alone, and is told so. */
export function useOwnOnly(): boolean {
  return reachOf(actorKindOf(useMe()), 'groups.addMembers') === 'own'
}
