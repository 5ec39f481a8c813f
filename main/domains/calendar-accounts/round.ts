import { breather } from '../../breather.ts'
import type { Clock } from '../../clock.ts'
import type { Reader } from '../../database/database.ts'
import { caldavCalendar } from './caldav/calendar.ts'
import { googleCalendar } from './google/calendar.ts'
import { type GoogleAddresses, googleClient } from './google/client.ts'
import { CalendarFailure, type Provider } from './provider.ts'
import { type Account, accountById, deleteAccount, knownPlaces, noteTry, setAccount } from './queries.ts'
import type { Round } from './round-parts.ts'
import { sendOut } from './send-out.ts'
import { takeIn, takeOut } from './take-in.ts'

/**
 * Both sides agree once: what is new there comes in, what is new here goes out. It may be cut off anywhere, and the next one
 * goes on: what came in and how far it was followed is on the disk before anything goes out. @throws {CalendarFailure}
 */
export async function agree(round: Round) {
  const { database, clock, account } = round
  if (account.is_leaving === 0) await bringIn(round)
  await sendOut(round)
  const now = clock.now().toISOString()
  await database.write(async (db) => {
    const present = await accountById(db, account.id)
    if (present?.is_leaving === 1 && account.is_leaving === 1) await deleteAccount(db, account.id)
    else await noteTry(db, account.id, null, now)
  })
}

async function bringIn({ database, clock, account, provider }: Round) {
  const known = await knownPlaces(database.reader, account.id)
  const { changed, gone, token } = await provider.changes(account.token, known)
  const breathe = breather()
  for (const remote of changed) {
    await breathe()
    const now = clock.now().toISOString()
    await database.write((db) => takeIn({ db, database, account, now }, remote))
  }
  for (const href of gone) {
    const now = clock.now().toISOString()
    await database.write((db) => takeOut({ db, database, account, now }, href))
  }
  if (token !== account.token) await database.write((db) => setAccount(db, account.id, { token }))
}

interface Providing {
  db: Reader
  clock: Clock
  google: GoogleAddresses
  stopping: AbortSignal
}

/** @throws {CalendarFailure} */
export async function providerOf(account: Account, { db, clock, google, stopping }: Providing): Promise<Provider> {
  if (account.kind === 'google') {
    const client = await googleClient(db, account.organization_id)
    if (!client) throw new CalendarFailure('notSetUp')
    return googleCalendar({ addresses: google, client, refreshToken: account.secret }, stopping)
  }
  const access = { address: account.address, userName: account.user_name, secret: account.secret }
  return caldavCalendar(access, () => clock.now().toISOString(), stopping)
}
