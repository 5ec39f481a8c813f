import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'

interface Listed {
  beneficiaryId: Id
  name: string
  trainerName?: string | null
  city?: string | null
}

/**
 * Two of one name must not take each other's seat. What they know of themselves and everybody around may read tells them
 * apart: who trains them, or their town; where neither does, a number.
 */
export function toldApart(people: readonly Listed[]): { beneficiaryId: Id; name: string; apart: string | null }[] {
  const sharers = Map.groupBy(people, ({ name }) => fold(name))
  return people.map((person) => {
    const { beneficiaryId, name } = person
    const same = sharers.get(fold(name)) ?? []
    if (same.length < 2) return { beneficiaryId, name, apart: null }
    const telling = (['trainerName', 'city'] as const).find((part) => areDifferent(same.map((one) => one[part])))
    return telling
      ? { beneficiaryId, name, apart: person[telling] || null }
      : { beneficiaryId, name: `${name} ${same.indexOf(person) + 1}`, apart: null }
  })
}

/** One of them may have none: that, too, tells them apart. */
function areDifferent(parts: readonly (string | null | undefined)[]): boolean {
  return new Set(parts.map((part) => fold(part ?? ''))).size === parts.length
}
