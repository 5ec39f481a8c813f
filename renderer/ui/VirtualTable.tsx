import { useElementSize, useMergedRef } from '@mantine/hooks'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useActiveRow } from './use-active-row.ts'
import classes from './VirtualTable.module.css'

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** A grid track, such as `minmax(10rem, 2fr)` or `7rem`. */
  width: string
  /** The column is left out where the table is narrower than so many pixels. */
  from?: number
  align?: 'start' | 'end'
}

interface VirtualTableProps<Row> {
  /** What the rows are, for those who cannot see them. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string | number
  /** How many there are in all; null when nobody counted. */
  total: number | null
  onOpen?: (row: Row) => void
  /** In pixels. */
  rowHeight?: number
  hasMore?: boolean
  /** The rows are those of the question before; the new ones are on their way. */
  isStale?: boolean
  /** Called as the end of the loaded rows comes near; may be called again while the next page is on its way. */
  onMore?: () => void
}

const headHeight = 44
const rowsAhead = 30

/**
 * A table of any length that keeps only the visible rows on the page. One stop for the tab key; the arrows, Page, Home and
 * End keys move between rows, Enter opens one.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, rowKey, total, onOpen, rowHeight = 60, hasMore = false, isStale = false, onMore } = props
  const { t } = useTranslation()
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = props.columns.filter((column) => width >= (column.from ?? 0))
  const activeRow = useActiveRow({
    count: rows.length,
    isReady: (index) => scroller.current?.querySelector(`[data-index="${index}"]`),
  })

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: headHeight,
    scrollMargin: 0,
    getItemKey: (index) => rowKey(rows[index] as Row),
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), activeRow.index])].sort((a, b) => a - b),
  })
  const visible = virtualizer.getVirtualItems().filter((item) => item.index < rows.length)
  const lastVisible = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastVisible >= rows.length - rowsAhead) onMore?.()
  }, [hasMore, lastVisible, rows.length, onMore])

  const tracks = { '--tracks': columns.map((column) => column.width).join(' ') } as CSSProperties
  const cells = (row: Row) =>
    columns.map((column) => (
      <div role="gridcell" key={column.id} className={classes.cell} data-align={column.align}>
        {column.cell(row)}
      </div>
    ))
  return (
    <div ref={useMergedRef(scroller, sizeRef)} className={classes.scroller} data-stale={isStale || undefined}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-busy={hasMore && lastVisible >= rows.length - 1}
        style={tracks}
      >
        <div role="rowgroup" className={classes.head}>
          <div role="row" aria-rowindex={1} className={classes.row}>
            {columns.map((column) => (
              <div role="columnheader" key={column.id} className={classes.cell} data-align={column.align}>
                {column.header}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {visible.map((item) => {
            const row = rows[item.index] as Row
            return (
              <div
                role="row"
                key={item.key}
                aria-rowindex={item.index + 2}
                data-index={item.index}
                tabIndex={item.index === activeRow.index ? 0 : -1}
                className={classes.row}
                data-opens={onOpen ? true : undefined}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                onFocus={() => activeRow.set(item.index)}
                onClick={() => onOpen?.(row)}
                onKeyDown={(event) => {
                  if (event.target !== event.currentTarget) return
                  if (event.key === 'Enter' && onOpen) return onOpen(row)
                  const page = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / rowHeight) - 1)
                  activeRow.move(event, page, (index) => virtualizer.scrollToIndex(index))
                }}
              >
                {cells(row)}
              </div>
            )
          })}
        </div>
      </div>
      {hasMore && (
        <div role="status" className={classes.more}>
          {t('state.loadingMore')}
        </div>
      )}
    </div>
  )
}
