import type { Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { storedEmail } from '../beneficiaries/email.ts'
import { reindexAccount } from '../beneficiaries/people-index.ts'
import { fileOf, writeFile } from '../beneficiaries/person-file.ts'
import { userByEmail } from '../identity/queries.ts'
import { ownFieldsOf } from '../own-fields/settings.ts'
import { fieldsBefore, fieldsIn } from './fields.ts'
import { returnRows } from './join.ts'
import { exchangePasswords, openAccount, type putAwayFile, takeOut } from './queries.ts'
import type { MergeRecord } from './record.ts'

type PutAway = NonNullable<Awaited<ReturnType<typeof putAwayFile>>> & { record: MergeRecord }

/** Each file has again what it had; what was changed or moved since stays as it is. */
export async function takeApart(db: Writer, scope: Scope, file: PutAway, now: string) {
  const { record } = file
  const { organizationId } = scope
  const kept = await fileOf(db, scope, file.keptId)
  const present = fieldsIn(kept)
  const fields = fieldsBefore(present, record.fields, await ownFieldsOf(db, organizationId))

  await writeFile(db, scope, kept, fields, now)
  const isFree = record.email !== null && !(await userByEmail(db, record.email))
  if (record.tookPassword && fields.email !== present.email) {
    await exchangePasswords(db, file.keptUserId, file.userId, now)
  }
  const from = { file: file.keptId, account: file.keptUserId }
  const to = { file: file.id, account: file.userId }
  await returnRows(db, record, { from, to, now, organizationId })
  const email = storedEmail(isFree ? record.email : null)
  await openAccount(db, file.userId, { email, isActive: record.couldSignIn }, now)
  await takeOut(db, file.id, now)
  await reindexAccount(db, file.userId)
}
