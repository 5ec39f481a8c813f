import type { Id } from '../../../shared/contract/base.ts'
import type { PersonRef, PrivacyRequest } from '../../../shared/contract/privacy.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { mintId } from '../../database/ids.ts'
import { fileNumber } from '../beneficiaries/queries.ts'
import { isErased } from '../identity/queries.ts'
import { personOf } from './people.ts'

/** Those that wait first, the most urgent on top; then what was answered, newest first. */
export async function requests({ db, actor, clock }: ReadContext): Promise<PrivacyRequest[]> {
  const rows = await db
    .selectFrom('privacy_requests as requests')
    .innerJoin('users as people', 'people.id', 'requests.person_id')
    .leftJoin('beneficiaries', 'beneficiaries.user_id', 'requests.person_id')
    .leftJoin('profiles', 'profiles.user_id', 'people.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .leftJoin('erasure_orders', 'erasure_orders.person_id', 'requests.person_id')
    .leftJoin('users as closers', 'closers.id', 'requests.done_by')
    .select([
      'requests.id',
      'requests.kind',
      'requests.person_id as personId',
      'people.name',
      'profiles.date_of_birth as dateOfBirth',
      fileNumber.as('number'),
      'trainers.name as trainerName',
      'profiles.city',
      'beneficiaries.id as beneficiaryId',
      'erasure_orders.id as orderId',
      'received_from as receivedFrom',
      'received_on as receivedOn',
      'due_on as dueOn',
      'outcome',
      'note',
      'done_at as doneAt',
      'closers.name as doneBy',
    ])
    .where('requests.organization_id', '=', organizationOf(actor))
    .orderBy((eb) => eb('done_at', 'is not', null))
    .orderBy((eb) => eb.case().when('done_at', 'is', null).then(eb.ref('due_on')).end())
    .orderBy('done_at', 'desc')
    .execute()
  const today = clock.now().toISOString().slice(0, 10)
  return rows.map(({ personId, name, dateOfBirth, number, trainerName, city, beneficiaryId, orderId, ...request }) => ({
    ...request,
    person: { id: personId, name, dateOfBirth, number, trainerName, city, beneficiaryId, isErased: orderId !== null },
    isLate: request.doneAt === null && request.dueOn < today,
  }))
}

interface Received {
  person: PersonRef
  kind: PrivacyRequest['kind']
  receivedFrom: string
  receivedOn: string
}

export async function receiveRequest({ db, actor, now, about }: WriteContext, input: Received) {
  const { userId } = await personOf(db, actor, input.person)
  // A day of grace: where the centre is, it may be tomorrow already.
  if (input.receivedOn > new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10)) {
    throw new Refusal('invalid', 'privacy.inFuture')
  }
  const waiting = await db
    .selectFrom('privacy_requests')
    .select('id')
    .where('person_id', '=', userId)
    .where('kind', '=', input.kind)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  if (waiting) throw new Refusal('conflict', 'privacy.requestOpen')
  const id = await mintId(db, 'privacy_requests')
  await db
    .insertInto('privacy_requests')
    .values({
      id,
      organization_id: organizationOf(actor),
      person_id: userId,
      kind: input.kind,
      received_from: input.receivedFrom,
      received_on: input.receivedOn,
      due_on: monthAfter(input.receivedOn),
      recorded_by: actor.userId,
      created_at: now,
    })
    .execute()
  about(userId)
  return { id }
}

/** The same day of the next month, or its last day (GDPR, article 12; Regulation 1182/71, article 3). */
export function monthAfter(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const lastOfNext = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(date, lastOfNext))).toISOString().slice(0, 10)
}

interface Closed {
  id: Id
  outcome: 'done' | 'refused'
  note: string
}

/** An erasure is done when the person is erased, and not when somebody says so. */
export async function closeRequest({ db, actor, now, about }: WriteContext, { id, outcome, note }: Closed) {
  const request = await db
    .selectFrom('privacy_requests')
    .select(['person_id as personId', 'kind', 'done_at as doneAt'])
    .where('id', '=', id)
    .where('organization_id', '=', organizationOf(actor))
    .executeTakeFirst()
  if (!request) throw new Refusal('notFound', 'privacy.requestNotFound')
  if (request.doneAt !== null) throw new Refusal('conflict', 'privacy.requestClosed')
  const isGone = await isErased(db, request.personId)
  if (request.kind === 'erasure' && outcome === 'done' && !isGone) {
    throw new Refusal('conflict', 'privacy.notErasedYet')
  }
  await db
    .updateTable('privacy_requests')
    // Of somebody who is gone, nothing is written down any more but that it is done.
    .set({ outcome, note: note === '' || isGone ? null : note, done_by: actor.userId, done_at: now })
    .where('id', '=', id)
    .execute()
  about(request.personId)
  return {}
}
