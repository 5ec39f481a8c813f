import type { EventElsewhere } from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import {
  AccountProblem,
  type AddCaldav,
  type FindCalendars,
  type TakeUp,
} from '../../../shared/contract/calendar-accounts.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Actor } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import type { Span } from '../appointments/queries.ts'
import type { UndoShelf } from '../appointments/undo.ts'
import { busyIn } from './busy.ts'
import { calendarsAt } from './caldav/discover.ts'
import { secureAddress } from './fetching.ts'
import { type GoogleOptions, googleCalls } from './google/begin.ts'
import { noticesOf, takeTheirs } from './notices.ts'
import { ownerFor, refuseTooMany } from './owner.ts'
import { CalendarFailure } from './provider.ts'
import {
  type Account,
  deleteAccount,
  deleteNotice,
  insertAccount,
  linksOf,
  ownAccount,
  ownAccounts,
  ownNotices,
  setAccount,
} from './queries.ts'
import type { Rounds } from './rounds.ts'
import { eventFor, takeUp } from './take-up.ts'

export function calendarAccountsHandlers(options: GoogleOptions & { shelf: UndoShelf }) {
  const { rounds, shelf } = options
  const soon = (id: Id) => () => void rounds.now(id)
  return {
    async list({ db, actor }: ReadContext) {
      const owner = ownerFor(actor)
      const accounts = await ownAccounts(db, owner)
      return {
        accounts: await Promise.all(accounts.map((account) => shown(db, account, rounds))),
        notices: await noticesOf(db, owner),
      }
    },

    async findCalendars(_context: ReadContext, { address, userName, password, hosts }: FindCalendars) {
      const access = { address, userName, secret: password, hosts }
      return calendarsAt(access, AbortSignal.timeout(mostMs)).catch(refuse)
    },

    async addCaldav({ db, actor, now, about, afterwards }: WriteContext, input: AddCaldav) {
      const owner = ownerFor(actor)
      await refuseTooMany(db, owner)
      const id = await insertAccount(db, {
        organization_id: owner.organizationId,
        user_id: owner.userId,
        kind: 'caldav',
        address: addressIn(input.address),
        user_name: input.userName,
        secret: input.password,
        calendar_name: input.calendarName,
        tells_words: input.tellsWords ? 1 : 0,
        word: input.word,
        created_at: now,
      })
      about(null, { tellsWords: input.tellsWords })
      afterwards(soon(id))
      return { id }
    },

    ...googleCalls(options),

    async setPassword({ db, actor, afterwards }: WriteContext, { id, password }: { id: Id; password: string }) {
      await known(db, actor, id)
      await setAccount(db, id, { secret: password })
      afterwards(soon(id))
      return {}
    },

    async setTelling(context: WriteContext, { id, tellsWords, word }: { id: Id; tellsWords: boolean; word: string }) {
      const { db, actor, about, afterwards } = context
      await known(db, actor, id)
      await setAccount(db, id, { tells_words: tellsWords ? 1 : 0, word })
      about(null, { tellsWords })
      afterwards(soon(id))
      return {}
    },

    async remove({ db, actor, about, afterwards }: WriteContext, { id, takesAlong }: { id: Id; takesAlong: boolean }) {
      await known(db, actor, id)
      about(null, { takesAlong })
      if (!takesAlong) await deleteAccount(db, id)
      else {
        await setAccount(db, id, { is_leaving: 1 })
        afterwards(soon(id))
      }
      return {}
    },

    agreeNow: {
      async prepare({ db, actor }: ReadContext, { id }: { id: Id }) {
        await known(db, actor, id)
        await rounds.now(id)
        return async () => ({})
      },
    },

    async busy({ db, actor }: ReadContext, span: Span) {
      return busyIn(db, ownerFor(actor), span)
    },

    event({ db, actor }: ReadContext, place: EventElsewhere) {
      return eventFor(db, actor, place)
    },

    async takeUp(context: WriteContext, input: TakeUp) {
      const { accountId, ...done } = await takeUp(context, shelf, input)
      context.afterwards(soon(accountId))
      return done
    },

    async takeTheirs(context: WriteContext, { id }: { id: Id }) {
      const notice = await knownNotice(context.db, context.actor, id)
      const account = await known(context.db, context.actor, notice.account_id)
      await takeTheirs({ db: context.db, now: context.now, account }, notice)
      context.about(notice.appointment_id)
      context.afterwards(soon(account.id))
      return {}
    },

    async dismissNotice({ db, actor }: WriteContext, { id }: { id: Id }) {
      await knownNotice(db, actor, id)
      await deleteNotice(db, id)
      return {}
    },
  }
}

const mostMs = 45_000

/** Somebody else's is reported as missing. */
async function known(db: Reader, actor: Actor, id: Id): Promise<Account> {
  const account = await ownAccount(db, ownerFor(actor), id)
  if (!account) throw new Refusal('notFound', 'calendarAccount.notFound')
  return account
}

async function knownNotice(db: Reader, actor: Actor, id: Id) {
  const notice = (await ownNotices(db, ownerFor(actor))).find((one) => one.id === id)
  if (!notice) throw new Refusal('notFound', 'calendarAccount.noticeNotFound')
  return notice
}

function addressIn(text: string): string {
  try {
    return secureAddress(text).href
  } catch (error) {
    return refuse(error)
  }
}

function refuse(error: unknown): never {
  if (error instanceof CalendarFailure) {
    const { trouble, host } = error
    throw new Refusal('invalid', `calendar.${trouble}`, host === undefined ? {} : { host })
  }
  throw error
}

async function shown(db: Reader, account: Account, rounds: Rounds) {
  const links = await linksOf(db, account.id)
  return {
    id: account.id,
    kind: account.kind,
    address: account.address,
    userName: account.user_name,
    calendarName: account.calendar_name,
    tellsWords: account.tells_words === 1,
    problem: AccountProblem.nullable().parse(account.problem),
    triedAt: account.tried_at,
    agreedAt: account.agreed_at,
    isRunning: rounds.isRunning(account.id),
    isLeaving: account.is_leaving === 1,
    appointments: links.filter(({ etag }) => etag !== null).length,
  }
}
