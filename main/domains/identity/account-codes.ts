import { createHash, randomBytes } from 'node:crypto'
import type { Id } from '../../../shared/contract/base.ts'
import { grouped, lettersOf, plainCode } from '../../../shared/spoken-code.ts'
import type { WriteContext } from '../../context.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { keepSteady, type SteadyClock } from './installation.ts'

export type CodeKind = 'reset' | 'recovery' | 'verification' | 'phone'

const day = 24 * 3_600_000

/** 80 random bits in four groups. */
export function newCode(): string {
  return grouped(lettersOf(randomBytes(16)))
}

/** For one account and one purpose, so that a code of somebody else never fits. */
export function codeDigest(userId: Id, kind: CodeKind, typed: string): string {
  return createHash('sha256')
    .update(`${kind} ${userId} ${plainCode(typed)}`)
    .digest('hex')
}

/** Ends in a day by both clocks: one that is turned back gives it no longer life. */
export function dayFrom({ now, installation }: Pick<WriteContext, 'now' | 'installation'>) {
  const after = (moment: string) => new Date(Date.parse(moment) + day).toISOString()
  return { expiresAt: after(now), steadyExpiresAt: after(installation.steady()) }
}

interface NewAccountCode {
  userId: Id
  kind: CodeKind
  /** The digest of a secret code; a request by phone is not secret and kept as it is. */
  code: string
  counter?: number
  issuedBy?: Id | null
  /** Left out: for ever. */
  life?: { expiresAt: string; steadyExpiresAt: string }
}

export async function insertCodes(context: Pick<WriteContext, 'db' | 'now' | 'installation'>, codes: NewAccountCode[]) {
  const { db, now, installation } = context
  await keepSteady(db, installation.steady())
  await db
    .insertInto('account_codes')
    .values(
      codes.map(({ userId, kind, code, counter = 0, issuedBy = null, life }) => ({
        user_id: userId,
        kind,
        code,
        counter,
        issued_by: issuedBy,
        expires_at: life?.expiresAt ?? null,
        steady_expires_at: life?.steadyExpiresAt ?? null,
        created_at: now,
      })),
    )
    .execute()
}

interface Moment {
  now: string
  steady: ReturnType<SteadyClock>
}

/** Those that still open; one from the future is of a clock that was turned back since. */
export function openCodes(db: Reader, userId: Id, kinds: readonly CodeKind[], { now, steady }: Moment) {
  return db
    .selectFrom('account_codes')
    .leftJoin('users', 'users.id', 'account_codes.issued_by')
    .select([
      'account_codes.kind',
      'account_codes.code',
      'account_codes.counter',
      'account_codes.expires_at as expiresAt',
      'account_codes.created_at as createdAt',
      'users.name as issuedBy',
    ])
    .where('account_codes.user_id', '=', userId)
    .where('account_codes.kind', 'in', kinds)
    .where('account_codes.used_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('account_codes.expires_at', 'is', null),
        eb.and([
          eb('account_codes.expires_at', '>', now),
          eb('account_codes.steady_expires_at', '>', steady),
          eb('account_codes.created_at', '<=', now),
        ]),
      ]),
    )
    .execute()
}

/** True for the one call that uses it up. */
export async function useCode(db: Writer, code: string, now: string): Promise<boolean> {
  const [{ numUpdatedRows } = { numUpdatedRows: 0n }] = await db
    .updateTable('account_codes')
    .set({ used_at: now })
    .where('code', '=', code)
    .where('used_at', 'is', null)
    .execute()
  return Number(numUpdatedRows) === 1
}

/** Those of this kind that were handed out before open nothing any more. */
export function withdrawCodes(db: Writer, userId: Id, kind: CodeKind, now: string) {
  return db
    .updateTable('account_codes')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .execute()
}

export async function lastCounter(db: Reader, userId: Id): Promise<number> {
  const { last } = await db
    .selectFrom('account_codes')
    .select((eb) => eb.fn.coalesce(eb.fn.max('counter'), eb.lit(0)).as('last'))
    .where('user_id', '=', userId)
    .where('kind', '=', 'phone')
    .executeTakeFirstOrThrow()
  return Number(last)
}
