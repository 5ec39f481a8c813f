import { mostFound } from '../../../shared/contract/search.ts'
import { searchWords } from '../../../shared/fold.ts'
import type { ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { shownOne } from '../appointments/occurrences.ts'
import { appointmentTitles } from '../appointments/queries.ts'
import { documentsIn } from '../documents/document-queries.ts'
import { documentScope } from '../documents/reach.ts'
import { selfOf } from '../messages/self.ts'
import { threadsOf } from '../messages/threads.ts'
import { assessmentTitles, groupNames, namedPeople } from './queries.ts'

/** What lies further away than these is found in the calendar. */
const appointmentsLookedAt = 5000
const daysLookedBack = 90
const dayMs = 86_400_000

const none = { people: [], groups: [], assessments: [], appointments: [], documents: [], messages: [] }

export async function find({ db, actor, clock }: ReadContext, { text }: { text: string }) {
  const scope = scopeOf(actor)
  const words = searchWords(text)
  if (words.length === 0) return none
  const now = clock.now()
  const span = {
    from: new Date(now.getTime() - daysLookedBack * dayMs).toISOString(),
    now: now.toISOString(),
    limit: appointmentsLookedAt,
  }
  const people = await peopleCalled(db, scope, words)
  const assessments = await assessmentTitles(db, scope)
  const appointments = await appointmentTitles(db, scope, span)
  return {
    people,
    groups: fitting(await groupNames(db, scope), words, ({ name }) => name),
    assessments: fitting(assessments, words, ({ title }) => title),
    documents: (await documentsIn(db, documentScope(actor, now.toISOString()), { search: text, view: 'all' })).slice(
      0,
      mostFound,
    ),
    messages: (await threadsOf(db, selfOf(actor), { box: 'all', search: text }, mostFound)).rows,
    appointments: await nextOnes(
      db,
      scope,
      fitting(appointments, words, ({ title, personName }) => `${title} ${personName ?? ''}`),
      span.now,
    ),
  }
}

/** Those first of whose names a word begins as it was typed. */
async function peopleCalled(db: Reader, scope: Scope, words: readonly string[]) {
  const beginning = await namedPeople(db, scope, { words, where: 'beginning' })
  if (beginning.length === mostFound) return beginning
  const known = new Set(beginning.map(({ id }) => id))
  const anywhere = await namedPeople(db, scope, { words, where: 'anywhere' })
  return [...beginning, ...anywhere.filter(({ id }) => !known.has(id))].slice(0, mostFound)
}

type FoundAppointment = Awaited<ReturnType<typeof appointmentTitles>>[number]

/** Of a series people look for the next time, and not for the day on which it once began. */
async function nextOnes(db: Reader, scope: Scope, found: readonly FoundAppointment[], now: string) {
  const shown: (Omit<FoundAppointment, 'isSeries'> & { isSeries: boolean })[] = []
  for (const row of found) {
    const isSeries = Boolean(row.isSeries)
    const next = isSeries ? await shownOne(db, scope, { id: row.id, occurrence: null, now }) : undefined
    shown.push({ ...row, isSeries, startTime: next?.startTime ?? row.startTime })
  }
  return shown
}

function fitting<Row>(rows: readonly Row[], words: readonly string[], textOf: (row: Row) => string): Row[] {
  const texts = rows.map((row) => ({ row, text: ` ${searchWords(textOf(row)).join(' ')}` }))
  const found = texts.filter(({ text }) => words.every((word) => text.includes(word)))
  const begins = ({ text }: { text: string }) => words.every((word) => text.includes(` ${word}`))
  return [...found.filter(begins), ...found.filter((one) => !begins(one))].slice(0, mostFound).map(({ row }) => row)
}
