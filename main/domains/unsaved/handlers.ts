import type { Entry } from '../../../shared/contract/unsaved.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { deleteEntry, deleteOldEntries, entryOf, putEntry } from './queries.ts'

const keptDays = 30

interface Form {
  form: string
}

export async function read({ db, actor }: ReadContext, { form }: Form) {
  return (await entryOf(db, { actor, form })) ?? null
}

export async function keep({ db, actor, now }: WriteContext, { form, entry }: Form & { entry: Entry }) {
  await putEntry(db, { actor, organizationId: organizationOf(actor), form, entry }, now)
  await deleteOldEntries(db, new Date(Date.parse(now) - keptDays * 86_400_000).toISOString())
  return {}
}

export async function forget({ db, actor }: WriteContext, { form }: Form) {
  await deleteEntry(db, { actor, form })
  return {}
}
