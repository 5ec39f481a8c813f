import type { ReactNode } from 'react'

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** A grid track, such as `minmax(10rem, 2fr)` or `7rem`. */
  width: string
  /** The column is left out where the table is narrower than so many pixels. */
  from?: number
  align?: 'start' | 'end'
  /** The rows can be put in its order; those that are all here by this value. */
  isOrdered?: boolean
  sortBy?: (row: Row) => string | number | null
}
