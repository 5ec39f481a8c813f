import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * Whether the file under this name of a table is in the trash or was put into another. Where two machines put two files into each other without
 * knowing, neither is hidden: a file is away only while the one that has everything is there.
 */
export function isPutAway(file: string): string {
  return `(${file}.deleted_at IS NOT NULL OR ${isMerged(file)})`
}

/** Whether it was put into another, in the trash or not. */
export function isMerged(file: string): string {
  return `(${file}.merged_into IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM beneficiaries AS kept WHERE kept.id = ${file}.merged_into AND kept.merged_into IS NOT NULL
  ))`
}

/** Whether the file in `beneficiaries` is one that people work with. */
export const isAtHand: RawBuilder<SqlBool> = sql<SqlBool>`not ${sql.raw(isPutAway('beneficiaries'))}`
