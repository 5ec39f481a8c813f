import pg from 'pg'
import { rolePrefix } from '../../centre/roles.ts'
import type { Options } from '../catalog.ts'
import { WrongUsage } from '../exit.ts'
import { required } from '../options.ts'

/** The address of the central database. */
export function databaseUrl(options: Options): string {
  const url = required(options, 'database')
  if (/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '')) return url
  // Without the text, which may hold a password.
  throw new WrongUsage('--database takes an address like postgres://user@host:5432/database.')
}

/** Does one thing at a centre, as the role in the address. `prefix`: what the names of its roles begin with. */
export function atCentre<T>(url: string, work: (client: pg.Client, prefix: string) => Promise<T>): Promise<T> {
  return atDatabase(url, async (client) => {
    const prefix = await rolePrefix(client).catch((cause: unknown) => {
      if (!(cause instanceof pg.DatabaseError && cause.code === '42501')) throw cause
      throw new Error(
        `The user in --database has no rights here (${cause.message}): take the one that ran "centre init", or the gateway's for "centre start". Where nobody has run "centre init" yet, do that first.`,
        { cause },
      )
    })
    if (prefix === undefined) throw new Error('This database is no centre yet: run "centre init" first.')
    return work(client, prefix)
  })
}

/** The same at a database that may become one. `option`: what names it. */
export async function atDatabase<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
  option = '--database',
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect().catch((cause: unknown) => {
    throw new Error(notConnected(cause, option), { cause })
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What to do, by the code of PostgreSQL where that answers. */
function notConnected(cause: unknown, option: string): string {
  const reason = reasonOf(cause)
  if (!(cause instanceof pg.DatabaseError)) {
    return `The database of the centre does not answer (${reason}): check ${option}, and that it runs.`
  }
  if (['28P01', '28000', '42501'].includes(cause.code ?? '')) {
    return `PostgreSQL does not let this user in (${reason}): check user and password in ${option}, and pg_hba.conf. The gateway has the password that "centre init" was given.`
  }
  if (cause.code === '3D000') {
    return `PostgreSQL answers, but not with this database (${reason}): check its name in ${option}, or make it with CREATE DATABASE.`
  }
  return `PostgreSQL answers, but takes no connection (${reason}): try again, or see its log.`
}

/** Connecting to a name with several addresses fails with several errors and no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
