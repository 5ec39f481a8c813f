import { UnstyledButton } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, type SyntheticEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from './columns.ts'
import { directionOf, nextOrder } from './order.ts'
import { useActiveRow } from './use-active-row.ts'
import { VirtualRow } from './VirtualRow.tsx'
import classes from './VirtualTable.module.css'

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
  /** The column that the rows are in the order of, with a minus before it where the last comes first. */
  order?: string | undefined
  onOrder?: (order: string | undefined) => void
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
  const columns = useMemo(() => props.columns.filter(({ from = 0 }) => width >= from), [props.columns, width])
  const activeRow = useActiveRow({
    count: rows.length,
    elementOf: (index) => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`),
  })
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: headHeight,
    getItemKey: (index) => rowKey(rows[index] as Row),
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), activeRow.index])].sort((a, b) => a - b),
  })
  const visible = virtualizer.getVirtualItems().filter((item) => item.index < rows.length)
  const lastVisible = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastVisible >= rows.length - rowsAhead) onMore?.()
  }, [hasMore, lastVisible, rows.length, onMore])

  function open(event: SyntheticEvent) {
    const index = indexAt(event)
    if (index !== undefined) onOpen?.(rows[index] as Row)
  }
  function moveOrOpen(event: KeyboardEvent<HTMLElement>) {
    const isOnRow = event.target instanceof HTMLElement && event.target.dataset.index !== undefined
    if (!isOnRow) return
    if (event.key === 'Enter') return open(event)
    const page = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / rowHeight) - 1)
    activeRow.move(event, page, (index) => virtualizer.scrollToIndex(index))
  }
  return (
    <div ref={useMergedRef(scroller, sizeRef)} className={classes.scroller} data-stale={isStale || undefined}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-busy={isStale}
        style={{ '--tracks': columns.map((column) => column.width).join(' ') } as CSSProperties}
      >
        <div role="rowgroup" className={classes.head}>
          <Head columns={columns} order={props.order} onOrder={props.onOrder} />
        </div>
        <div
          role="rowgroup"
          className={classes.body}
          style={{ height: virtualizer.getTotalSize() }}
          onFocus={(event) => activeRow.set(indexAt(event))}
          onClick={open}
          onKeyDown={moveOrOpen}
        >
          {visible.map(({ key, index, start, size }) => (
            <VirtualRow
              key={key}
              row={rows[index] as Row}
              columns={columns}
              index={index}
              start={start}
              height={size}
              isActive={index === activeRow.index}
              opens={onOpen !== undefined}
            />
          ))}
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

interface HeadProps<Row> extends Pick<VirtualTableProps<Row>, 'columns' | 'order'> {
  onOrder: VirtualTableProps<Row>['onOrder']
}

function Head<Row>({ columns, order, onOrder }: HeadProps<Row>) {
  return (
    <div role="row" aria-rowindex={1} className={classes.row}>
      {columns.map(({ id, header, align, isOrdered, sortBy }) => {
        const ordering = (isOrdered || sortBy) && onOrder
        return (
          <div
            role="columnheader"
            key={id}
            className={classes.cell}
            data-align={align}
            aria-sort={ordering ? directionOf(order, id) : undefined}
          >
            {ordering ? <OrderButton id={id} header={header} order={order} onOrder={ordering} /> : header}
          </div>
        )
      })}
    </div>
  )
}

interface OrderButtonProps {
  id: string
  header: string
  order: string | undefined
  onOrder: (order: string | undefined) => void
}

function OrderButton({ id, header, order, onOrder }: OrderButtonProps) {
  const direction = directionOf(order, id)
  const Icon = direction === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <UnstyledButton className={classes.order} onClick={() => onOrder(nextOrder(order, id))}>
      <span>{header}</span>
      {direction !== 'none' && <Icon size={14} aria-hidden />}
    </UnstyledButton>
  )
}

/** The row in which something happened. */
function indexAt(event: SyntheticEvent): number | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
  return row ? Number(row.dataset.index) : undefined
}
