import { setImmediate } from 'node:timers/promises'
import type { Id } from '../../../shared/contract/base.ts'
import type { BeginBulk } from '../../../shared/contract/bulk.ts'
import { mostDocuments } from '../../../shared/contract/documents.ts'
import type { Actor } from '../../actor.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { listBeneficiaries } from '../beneficiaries/list.ts'
import { documentsIn } from '../documents/document-queries.ts'
import { documentScope } from '../documents/reach.ts'

/** The rows that are meant, in the order of the list: those named, or all that it shows but for some. */
export async function* rowsMeant(db: Reader, actor: Actor, input: BeginBulk, now: string): AsyncGenerator<Id[]> {
  if ('ids' in input.rows) {
    yield [...new Set(input.rows.ids)]
    return
  }
  const except = new Set(input.rows.except)
  for await (const ids of shownBy(db, actor, input, now)) yield ids.filter((id) => !except.has(id))
}

async function* shownBy(db: Reader, actor: Actor, { list, rows }: BeginBulk, now: string): AsyncGenerator<Id[]> {
  if (list === 'documents' && 'filter' in rows) {
    const found = await documentsIn(db, documentScope(actor, now), rows.filter)
    yield found.slice(0, mostDocuments).map(({ id }) => id)
  }
  if (list !== 'people' || !('filter' in rows)) return
  let after: string | undefined
  do {
    const page = await listBeneficiaries(db, scopeOf(actor), { ...rows.filter, after, limit: 200 })
    yield page.rows.map(({ id }) => id)
    after = page.next ?? undefined
    // Others have their turn between two pages.
    await setImmediate()
  } while (after)
}
