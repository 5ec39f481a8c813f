import type { Writer } from '../../main/database/database.ts'
import { insertMessage } from '../../main/domains/messages/queries.ts'
import { indexTexts } from '../../main/domains/messages/texts.ts'
import { fillGenerated } from '../../main/domains/setup/fill.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { measure, percentile, report, summary } from './measure.ts'

const messages = 50_000
const correspondents = 300
const threads = 10_000
const runs = 60
const words = (
  'meeting certificate attendance results workshop room material please tomorrow question answer group exam form ' +
  'réunion présence résultats atelier salle demain réponse groupe épreuve formulaire ' +
  'اجتماع شهادة حضور نتائج ورشة قاعة غدًا سؤال جواب مجموعة امتحان ' +
  'встреча сертификат результаты завтра вопрос группа экзамен'
).split(' ')

/** The same texts in every run: about thirty words of four scripts, and in one of a hundred a rare one. */
function textOf(number: number): string {
  let state = number * 2_654_435_761
  const some = Array.from({ length: 30 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return words[state % words.length]
  })
  return [...some, number % 100 === 0 ? 'Großzügigkeit' : '', `nr${number}`].join(' ')
}

const mark = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Back and forth with many people, as somebody has them after years. */
async function fillMailbox(db: Writer, userId: number) {
  const { id: organizationId } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
  const now = new Date()
  await fillGenerated(db, organizationId, { people: correspondents, responses: 0, seed: 1 }, now.toISOString())
  const others = await db.selectFrom('users').select('id').where('id', '!=', userId).execute()
  for (let number = 0; number < messages; number++) {
    const other = others[(number % threads) % others.length]?.id ?? userId
    const isSent = number % 2 === 0
    const text = { subject: `About ${number % threads}`, content: textOf(number) }
    const at = new Date(now.getTime() - (messages - number) * 600_000).toISOString()
    const recipients = [{ userId: isSent ? other : userId, audience: null }]
    const place = { organizationId, thread: mark(number % threads), sending: mark(threads + number), parentId: null }
    const ids = await insertMessage(db, { ...place, ...text, senderId: isSent ? userId : other, recipients }, at)
    await indexTexts(
      db,
      ids.map((id) => ({ id, ...text })),
    )
  }
}

await using app = await testApp()
const { admin } = await testCentre(app)
const me = await admin.identity.me()
await app.withDatabase((db) => fillMailbox(db, me.kind === 'user' ? me.user.id : 0))
const asked: Record<string, string> = {
  'no word': '',
  'in every message': 'e',
  'part of a common word': 'ertific',
  'rare word without its marks': 'grosszug',
  Arabic: 'شهاد',
  'two words': 'workshop nr499',
  'in no message': 'qqqq',
}
const list = (search: string) => () => admin.messages.threads({ box: 'all', search })
const work = Object.fromEntries(Object.entries(asked).map(([name, search]) => [name, list(search)]))
/** What a run costs the processor, which no other program of a busy machine changes. */
async function cpuOf(piece: () => Promise<unknown>): Promise<number[]> {
  const spent: number[] = []
  for (let run = 0; run < 20; run++) {
    const begun = process.cpuUsage()
    await piece()
    const { user, system } = process.cpuUsage(begun)
    spent.push((user + system) / 1000)
  }
  return spent
}

for (const [name, durations] of Object.entries(await measure(runs, work))) {
  const isWithinAim = percentile(durations, 95) < 50
  report(`messages: ${name}`, {
    ...summary(durations),
    cpuP95Ms: percentile(await cpuOf(list(asked[name] ?? '')), 95),
    p95AimMs: 50,
    isWithinAim,
    data: `${messages} messages in ${threads} conversations of one mailbox, encrypted`,
  })
}
