import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * Whether the file in `beneficiaries` is one that people work with. Where two machines put two files into each other without
 * knowing, neither is hidden: a file is away only while the one that has everything is there.
 */
export const isAtHand: RawBuilder<SqlBool> = sql<SqlBool>`(beneficiaries.merged_into is null or exists (
  select 1 from beneficiaries as kept where kept.id = beneficiaries.merged_into and kept.merged_into is not null
))`
