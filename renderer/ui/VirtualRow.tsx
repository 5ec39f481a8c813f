import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react'
import { memo } from 'react'
import type { Column } from './columns.ts'
import classes from './VirtualTable.module.css'

interface VirtualRowProps<Row> {
  row: Row
  columns: Column<Row>[]
  index: number
  /** Pixels from the first row. */
  start: number
  height: number
  isActive: boolean
  opens: boolean
  /** Undefined where rows are not chosen. */
  isChosen?: boolean | undefined
}

/** Drawn again only when something about this row changes, however fast the table is scrolled. */
export const VirtualRow = memo(function VirtualRow<Row>(props: VirtualRowProps<Row>) {
  const { row, columns, index, start, height, isActive, opens, isChosen } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      aria-selected={isChosen}
      className={classes.row}
      data-opens={opens || undefined}
      style={{ height, top: start }}
    >
      {isChosen !== undefined && (
        <div role="gridcell" className={classes.choose} data-choose>
          {isChosen ? (
            <IconSquareCheckFilled size={20} aria-hidden className={classes.chosen} />
          ) : (
            <IconSquare size={20} stroke={1.4} aria-hidden />
          )}
        </div>
      )}
      {columns.map((column) => (
        <div role="gridcell" key={column.id} className={classes.cell} data-align={column.align}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}) as <Row>(props: VirtualRowProps<Row>) => React.ReactNode
