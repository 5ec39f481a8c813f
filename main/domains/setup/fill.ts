import type { Id } from '../../../shared/contract/base.ts'
import type { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import { breather } from '../../breather.ts'
import type { Writer } from '../../database/database.ts'
import { trainersOf } from '../beneficiaries/queries.ts'
import { registerBeneficiaries } from '../beneficiaries/register.ts'
import { fillAssessments } from './fill-assessments.ts'
import { generatedPerson } from './generated/people.ts'
import { randomOf } from './generated/random.ts'

export interface FillSize {
  people: number
  /** At least so many answers, given by these people; the last attempt is not cut short. */
  responses: number
  /** The same seed fills an empty organization in the same way on the same day. */
  seed: number
}

/** A statement with more rows gets no faster. */
const batch = 250

/**
 * Adds people and their answers to an organization, for measurements and demonstrations. Pauses inside its transaction,
 * so that screens can read meanwhile; writes wait until the end, and the commit of 100,000 people alone takes a second.
 */
export async function fillGenerated(db: Writer, organizationId: Id, size: FillSize, now: string) {
  const breathe = breather()
  const learnerIds = await fillPeople(db, { ...size, organizationId, breathe }, now)
  const filled = await fillAssessments(db, { ...size, organizationId, learnerIds, breathe }, now)
  return { people: learnerIds.length, ...filled }
}

interface FillingPeople extends FillSize {
  organizationId: Id
  breathe: () => Promise<void>
}

async function fillPeople(db: Writer, filling: FillingPeople, now: string): Promise<Id[]> {
  const { people, seed, organizationId, breathe } = filling
  const trainers = await trainersOf(db, organizationId)
  const today = now.slice(0, 10)
  const ids: Id[] = []
  while (ids.length < people) {
    await breathe()
    const group: BeneficiaryFields[] = []
    for (let number = ids.length; number < Math.min(people, ids.length + batch); number++) {
      const trainer = trainers[randomOf(seed, number, 1).below(trainers.length + 1)]
      group.push({ ...generatedPerson(number, { seed, today }), trainerId: trainer?.id ?? null })
    }
    ids.push(...(await registerBeneficiaries(db, organizationId, group, now)))
  }
  return ids
}
