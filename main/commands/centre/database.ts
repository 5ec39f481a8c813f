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
    const prefix = await rolePrefix(client)
    if (prefix === undefined) throw new Error('This database is no centre yet: run "centre init" first.')
    return work(client, prefix)
  })
}

/** The same at a database that may become one. */
export async function atDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect().catch((cause: unknown) => {
    throw new Error(
      `The database of the centre does not answer (${reasonOf(cause)}): check --database, and that it runs.`,
      { cause },
    )
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Connecting to a name with several addresses fails with several errors and no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
