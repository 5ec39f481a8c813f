import { randomUUID } from 'node:crypto'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Writer } from '../../../database/database.ts'
import { insertMessage } from '../../messages/queries.ts'
import { indexTexts } from '../../messages/texts.ts'
import { daysBefore, minutesAfter } from './days.ts'

interface PracticeMessage {
  /** 0: the administrator, 1: the second trainer. */
  from: 0 | 1
  daysAgo: number
  content: string
  isUnread?: boolean
}

interface PracticeThread {
  subject: string
  messages: readonly [PracticeMessage, ...PracticeMessage[]]
}

const practiceThreads: readonly PracticeThread[] = [
  {
    subject: 'Goggles for the workshop',
    messages: [
      { from: 1, daysAgo: 9, content: 'Two of the goggles are scratched. Can we order four new ones before Monday?' },
      { from: 0, daysAgo: 8, content: 'Ordered. They come on Friday; until then the second half waits its turn.' },
    ],
  },
  {
    subject: 'Stage de Fatou',
    messages: [
      {
        from: 1,
        daysAgo: 4,
        content: 'La cuisine de l’hôpital prend Fatou en stage à partir du 3. Elle a besoin de son attestation avant.',
      },
      { from: 0, daysAgo: 3, content: 'Bonne nouvelle ! L’attestation est prête, je la mets dans ses documents.' },
    ],
  },
  {
    subject: 'محمد يوم الثلاثاء',
    messages: [
      {
        from: 1,
        daysAgo: 1,
        content: 'يسأل محمد إن كان بإمكانه أن يأتي متأخرًا نصف ساعة يوم الثلاثاء. هل يناسبك ذلك؟',
        isUnread: true,
      },
    ],
  },
]

interface Centre {
  organizationId: Id
  trainers: readonly [Id, Id]
}

/** What the two who work here have written to each other; the last one has not been read yet. */
export async function putPracticeMessages(db: Writer, centre: Centre, now: string) {
  for (const { subject, messages } of practiceThreads) {
    const thread = { thread: randomUUID(), subject }
    let parentId: Id | null = null
    for (const message of messages) {
      const id = await putMessage(db, centre, { ...thread, parentId, message }, now)
      parentId ??= id
    }
  }
}

interface Placed {
  thread: string
  subject: string
  parentId: Id | null
  message: PracticeMessage
}

async function putMessage(
  db: Writer,
  { organizationId, trainers }: Centre,
  { message: { from, daysAgo, content, isUnread = false }, ...placed }: Placed,
  now: string,
) {
  const sentAt = daysBefore(now, daysAgo)
  const recipients = [{ userId: trainers[from === 0 ? 1 : 0], audience: null }]
  const sent = { ...placed, organizationId, senderId: trainers[from], sending: randomUUID(), content, recipients }
  const [id = 0] = await insertMessage(db, sent, sentAt)
  await indexTexts(db, [{ id, subject: placed.subject, content }])
  if (!isUnread) {
    const read = { is_read: true, read_at: minutesAfter(sentAt, 40) }
    await db.updateTable('messages').set(read).where('id', '=', id).execute()
  }
  return id
}
