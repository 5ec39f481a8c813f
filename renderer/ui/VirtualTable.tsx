import { Checkbox, UnstyledButton } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useMemo,
  useRef,
} from 'react'
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
  /** The rows can be chosen: with a box, Shift and a click, Space, Shift and the arrows, and all of them with Ctrl+A. */
  choosing?: Choosing<Row> | undefined
  /** The rows are those of the question before; the new ones are on their way. */
  isStale?: boolean
  /** Called as the end of the loaded rows comes near; may be called again while the next page is on its way. */
  onMore?: () => void
}

interface Choosing<Row> {
  isEmpty: boolean
  selection: { isAll: boolean }
  has: (row: Row) => boolean
  toggle: (index: number, isRange: boolean) => void
  all: () => void
  clear: () => void
}

const headHeight = 44
const rowsAhead = 30

/**
 * A table of any length that keeps only the visible rows on the page. One stop for the tab key; the arrows, Page, Home and
 * End keys move between rows, Enter opens one.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const {
    label,
    rows,
    rowKey,
    total,
    onOpen,
    rowHeight = 60,
    hasMore = false,
    isStale = false,
    onMore,
    choosing,
  } = props
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
  function openOrChoose(event: MouseEvent<HTMLElement>) {
    const index = indexAt(event)
    const isBox = event.target instanceof Element && event.target.closest('[data-choose]') !== null
    const isMeant = isBox || event.shiftKey || event.ctrlKey || event.metaKey
    if (choosing && isMeant && index !== undefined) choosing.toggle(index, event.shiftKey)
    else open(event)
  }
  /** Whether the key was one of choosing. */
  function choose(event: KeyboardEvent<HTMLElement>): boolean {
    if (!choosing) return false
    if (event.key === ' ') choosing.toggle(activeRow.index, event.shiftKey)
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) choosing.all()
    else if (event.key === 'Escape' && !choosing.isEmpty) choosing.clear()
    else return false
    event.preventDefault()
    return true
  }
  function moveOrOpen(event: KeyboardEvent<HTMLElement>) {
    const isOnRow = event.target instanceof HTMLElement && event.target.dataset.index !== undefined
    if (!isOnRow) return
    if (event.key === 'Enter') return open(event)
    if (choose(event)) return
    const page = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / rowHeight) - 1)
    const isRange = event.shiftKey && choosing !== undefined
    if (isRange && choosing.isEmpty) choosing.toggle(activeRow.index, false)
    const target = activeRow.move(event, page, (index) => virtualizer.scrollToIndex(index))
    if (isRange && target !== undefined) choosing.toggle(target, true)
  }
  return (
    <div ref={useMergedRef(scroller, sizeRef)} className={classes.scroller} data-stale={isStale || undefined}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-busy={isStale}
        aria-multiselectable={choosing && true}
        style={
          {
            '--tracks': [...(choosing ? ['1.5rem'] : []), ...columns.map(({ width }) => width)].join(' '),
          } as CSSProperties
        }
      >
        <div role="rowgroup" className={classes.head}>
          <Head columns={columns} order={props.order} onOrder={props.onOrder} choosing={choosing} />
        </div>
        <div
          role="rowgroup"
          className={classes.body}
          style={{ height: virtualizer.getTotalSize() }}
          onFocus={(event) => activeRow.set(indexAt(event))}
          onMouseDown={keepFromMarking}
          onClick={openOrChoose}
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
              isChosen={choosing?.has(rows[index] as Row)}
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

interface HeadProps<Row> extends Pick<VirtualTableProps<Row>, 'columns' | 'order' | 'choosing'> {
  onOrder: VirtualTableProps<Row>['onOrder']
}

/** Not drawn again while somebody scrolls. */
const Head = memo(function Head<Row>({ columns, order, onOrder, choosing }: HeadProps<Row>) {
  const { t } = useTranslation('bulk')
  return (
    <div role="row" aria-rowindex={1} className={classes.row}>
      {choosing && (
        <div role="columnheader" className={classes.cell}>
          <Checkbox
            size="xs"
            radius={2}
            className={classes.chooseAll}
            aria-label={t('chooseEverything')}
            checked={choosing.selection.isAll}
            indeterminate={!choosing.isEmpty && !choosing.selection.isAll}
            onChange={choosing.selection.isAll ? choosing.clear : choosing.all}
          />
        </div>
      )}
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
}) as <Row>(props: HeadProps<Row>) => ReactNode

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

/** A click with Shift chooses rows, and no words; the keys go on from there. */
function keepFromMarking(event: MouseEvent) {
  if (!event.shiftKey || !(event.target instanceof Element)) return
  event.preventDefault()
  event.target.closest<HTMLElement>('[data-index]')?.focus({ preventScroll: true })
}

/** The row in which something happened. */
function indexAt(event: SyntheticEvent): number | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
  return row ? Number(row.dataset.index) : undefined
}
