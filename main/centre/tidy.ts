import type pg from 'pg'

export interface Tidied {
  organization: string
  /** Deletions that everybody has heard of and that are forgotten now. */
  gone: number
}

/**
 * Takes away what is old enough, one organization after the other; those that were tidied within so many hours are left out,
 * by the clock of the database. Before that, what is still said of people in an organization that they have left, and what stayed
 * there of those who were erased where they went.
 */
export async function tidy(client: Pick<pg.Client, 'query'>, hours: number): Promise<Tidied[]> {
  const begun = await client.query<{ since: string }>(
    'SELECT (clock_timestamp() - make_interval(hours => $1))::text AS since',
    [hours],
  )
  await client.query('SELECT sync.forget_gone()')
  const all: Tidied[] = []
  for (;;) {
    const { rows } = await client.query<{ reply: Tidied | null }>('SELECT sync.tidy_next($1) AS reply', [
      begun.rows[0]?.since,
    ])
    const one = rows[0]?.reply
    if (!one) return all
    all.push(one)
  }
}
