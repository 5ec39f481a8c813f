import pg from 'pg'
import { describeError } from '../../domains/monitoring/anonymous-error.ts'

/** What failed, for whoever runs the centre: what PostgreSQL says of it with its code, and no value of a row. */
export function failureLine(now: Date, what: string, error: unknown): string {
  const said = error instanceof pg.DatabaseError ? `${saidBy(error)}, ` : ''
  return `${now.toISOString()} ${what}: ${said}${describeError(error)}\n`
}

/** Codes under which a message of PostgreSQL quotes what it was given: data, exceptions of functions, and what is no SQL. */
const quoting = /^(?:22|P0|42601)/

/** Its details are left out: they are rows. */
function saidBy({ message, code = '' }: pg.DatabaseError): string {
  const harmless = quoting.test(code) ? message.replace(/[":][\s\S]*$/, '…') : message
  return `${harmless} (PostgreSQL ${code})`
}
