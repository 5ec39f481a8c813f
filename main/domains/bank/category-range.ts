import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * A category and everything below it, as a range of the index: `0` is the letter behind `/`. What begins with two slashes is
 * a longer name, not something below.
 */
export function within(category: string): RawBuilder<SqlBool> {
  const below = sql<SqlBool>`category > ${`${category}/`} and category < ${`${category}0`}`
  const longerName = sql<SqlBool>`category >= ${`${category}//`} and category < ${`${category}/0`}`
  return sql<SqlBool>`category >= ${category} and category < ${`${category}0`} and (category = ${category} or (${below} and not (${longerName})))`
}
