import * as z from 'zod'
import { Id, Timestamp } from '../../../shared/contract/base.ts'
import { appointmentNews, crossingNews, handoverNews, type Told } from '../../../shared/contract/notifications.ts'
import { resetWays } from '../../../shared/contract/sign-in.ts'
import type { Reader } from '../../database/database.ts'
import {
  appointmentsTold,
  assessmentsTold,
  attemptsTold,
  givenTold,
  handoversTold,
  messagesTold,
  namesTold,
  peopleTold,
  type Reading,
  sharesTold,
} from './queries.ts'

/** What a row keeps of what it tells. */
const Kept = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), thread: z.uuid(), sending: z.uuid() }),
  z.object({
    type: z.literal('appointment'),
    appointmentId: Id,
    news: z.enum(appointmentNews),
    startTime: Timestamp,
    occurrence: z.int().min(0).nullable().default(null),
  }),
  z.object({ type: z.literal('assessment'), assessmentId: Id }),
  z.object({ type: z.enum(['graded', 'result']), attemptId: Id }),
  z.object({ type: z.enum(['share', 'opened']), documentId: Id, senderId: Id.nullable().catch(null) }),
  z.object({
    type: z.literal('handover'),
    handoverId: Id,
    news: z.enum(handoverNews),
    senderId: Id.nullable().catch(null),
  }),
  z.object({
    type: z.literal('crossing'),
    news: z.enum(crossingNews),
    beneficiaryId: Id,
    name: z.string().nullable().default(null),
  }),
  z.object({ type: z.literal('security'), way: z.enum(resetWays), by: z.string().nullable() }),
])
type Kept = z.infer<typeof Kept>

interface Row {
  type: string
  data: unknown
}

/** What each of these rows tells now; undefined where the thing itself is gone, or no longer the reader's. */
export async function toldBy(
  db: Reader,
  reading: Reading,
  rows: readonly Row[],
  now: string,
): Promise<(Told | undefined)[]> {
  const kept = rows.map(({ type, data }) => Kept.safeParse({ ...Object(data), type }).data)
  const things = await thingsIn(
    db,
    reading,
    kept.filter((one) => one !== undefined),
    now,
  )
  return kept.map((one) => one && toldNow(one, things))
}

type Things = Awaited<ReturnType<typeof thingsIn>>

async function thingsIn(db: Reader, reading: Reading, kept: readonly Kept[], now: string) {
  const sendings = kept.flatMap((one) => (one.type === 'message' ? one.sending : []))
  const appointmentIds = kept.flatMap((one) => (one.type === 'appointment' ? one.appointmentId : []))
  const assessmentIds = kept.flatMap((one) => (one.type === 'assessment' ? one.assessmentId : []))
  const attemptIds = kept.flatMap((one) => (one.type === 'graded' || one.type === 'result' ? one.attemptId : []))
  const shares = kept.flatMap((one) => (one.type === 'share' || one.type === 'opened' ? one : []))
  const documentIds = shares.map(({ documentId }) => documentId)
  const handovers = kept.flatMap((one) => (one.type === 'handover' ? one : []))
  const fileIds = kept.flatMap((one) => (one.type === 'crossing' ? one.beneficiaryId : []))
  const senderIds = [...shares, ...handovers].flatMap(({ senderId }) => senderId ?? [])
  return {
    reader: reading.userId,
    documents: await sharesTold(db, reading, documentIds, now),
    given: await givenTold(db, reading, documentIds),
    people: await peopleTold(db, reading, fileIds),
    senders: await namesTold(db, senderIds),
    handovers: await handoversTold(
      db,
      reading,
      handovers.map(({ handoverId }) => handoverId),
    ),
    messages: await messagesTold(db, reading, sendings),
    appointments: await appointmentsTold(db, reading, appointmentIds),
    assessments: await assessmentsTold(db, reading, assessmentIds),
    attempts: await attemptsTold(db, reading, attemptIds),
  }
}

function toldNow(kept: Kept, things: Things): Told | undefined {
  switch (kept.type) {
    case 'message': {
      const message = things.messages.find(({ sending }) => sending === kept.sending)
      if (!message) return undefined
      return { type: 'message', thread: message.thread, from: message.from, subject: message.subject ?? '' }
    }
    case 'appointment': {
      const { appointmentId, news, startTime, occurrence } = kept
      const present = things.appointments.find(({ id }) => id === appointmentId)
      if (!present) return { type: 'appointment', news, appointmentId: null, title: null, startTime, occurrence }
      const begins = present.recurrence === null ? present.startTime : startTime
      return { type: 'appointment', news, appointmentId, title: present.title, startTime: begins, occurrence }
    }
    case 'assessment': {
      const assessment = things.assessments.find(({ id }) => id === kept.assessmentId)
      return assessment && { type: 'assessment', assessmentId: assessment.id, title: assessment.title }
    }
    case 'share':
    case 'opened': {
      const documents = kept.type === 'share' ? things.documents : things.given
      const document = documents.find(({ id }) => id === kept.documentId)
      const from = nameIn(things, kept.senderId)
      return { type: kept.type, documentId: document?.id ?? null, filename: document?.filename ?? null, from }
    }
    case 'handover': {
      const { news, handoverId, senderId } = kept
      const about = things.handovers.find(({ id }) => id === handoverId)
      const isTheirs = about?.trainerId === things.reader
      return {
        type: 'handover',
        news,
        from: nameIn(things, senderId),
        name: about?.name ?? null,
        beneficiaryId: about && isTheirs ? about.beneficiaryId : null,
      }
    }
    case 'crossing': {
      const { type, news, name } = kept
      const file = things.people.find(({ id }) => id === kept.beneficiaryId)
      return { type, news, beneficiaryId: file?.id ?? null, name: file?.name ?? name }
    }
    case 'security':
      return kept
    default: {
      const attempt = things.attempts.find(({ id }) => id === kept.attemptId)
      return attempt && { type: kept.type, attemptId: attempt.id, title: attempt.title }
    }
  }
}

function nameIn({ senders }: Things, userId: Id | null) {
  return senders.find(({ id }) => id === userId)?.name ?? null
}
