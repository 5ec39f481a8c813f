import type { Id } from '../../../shared/contract/base.ts'
import type { MergeFiles } from '../../../shared/contract/merges.ts'
import type { Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { storedEmail, wireEmail } from '../beneficiaries/email.ts'
import { type PersonFile, writeFile } from '../beneficiaries/person-file.ts'
import { changesBetween, chosenFields, fieldsIn } from './fields.ts'
import { moveRows } from './join.ts'
import { accountOf, closeAccount, exchangePasswords, hasPassword, keepRecord, leaveLists, pointAt } from './queries.ts'
import type { Numbers } from './rows.ts'

interface Together {
  kept: PersonFile
  merged: PersonFile
  chosen: Pick<MergeFiles, 'taken' | 'joinsNotes'>
  by: Id | null
}

/** Two files become one, as ordinary changes of rows. */
export async function putTogether(db: Writer, scope: Scope, { kept, merged, chosen, by }: Together, now: string) {
  const account = await accountOf(db, merged.userId)
  const email = wireEmail(merged.email)
  const tookPassword = email !== null && chosen.taken.includes('email') && hasPassword(account)
  const fields = chosenFields(kept, merged, chosen)

  // The address is free for the other account from here on.
  await closeAccount(db, numbersOf(merged), email === null ? merged.email : storedEmail(null), now)
  await writeFile(db, scope, kept, fields, now)
  if (tookPassword) await exchangePasswords(db, kept.userId, merged.userId, now)
  await pointAt(db, merged.id, kept.id, now)
  const rows = await moveRows(db, { from: numbersOf(merged), to: numbersOf(kept), now })
  await keepRecord(db, merged.id, {
    ...rows,
    fields: changesBetween(fieldsIn(kept), fields),
    email,
    couldSignIn: account.isActive,
    tookPassword,
    mergedBy: { userId: by },
  })
  await leaveLists(db, merged.id)
}

export function numbersOf({ id, userId }: Pick<PersonFile, 'id' | 'userId'>): Numbers {
  return { file: id, account: userId }
}
