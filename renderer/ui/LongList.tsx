import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type FocusEvent,
  Fragment,
  type ReactNode,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import classes from './LongList.module.css'

interface LongListProps {
  count: number
  keyOf: (index: number) => string | number
  /** Height in pixels of an item that has not been on the screen yet. */
  estimate: number
  children: (index: number) => ReactNode
}

/** Up to here a list is put on the page as it is, where the browser can search and print it. */
const shortLength = 40

/** Pixels between items, as in the style sheet. */
const gap = 12

/** A column of cards of any height and number, in the page's own scrolling; only those in sight are on the page. */
export function LongList(props: LongListProps) {
  if (props.count > shortLength) return <Windowed {...props} />
  const items = Array.from({ length: props.count }, (_, index) => index)
  return (
    <div className={classes.short}>
      {items.map((index) => (
        <Fragment key={props.keyOf(index)}>{props.children(index)}</Fragment>
      ))}
    </div>
  )
}

function Windowed({ count, keyOf, estimate, children }: LongListProps) {
  const list = useRef<HTMLDivElement>(null)
  const { scroller, offset } = useScroller(list, count)
  const [focused, setFocused] = useState<number | null>(null)
  const rangeExtractor = useCallback((range: Range) => withNeighbours(range, focused), [focused])
  const virtualizer = useVirtualizer({
    count,
    gap,
    getItemKey: keyOf,
    getScrollElement: () => scroller,
    estimateSize: () => estimate,
    overscan: 4,
    scrollMargin: offset,
    rangeExtractor,
  })
  const noteFocus = (event: FocusEvent) => {
    const item = event.target.closest<HTMLElement>('[data-index]')
    setFocused(item ? Number(item.dataset['index']) : null)
  }
  return (
    <div ref={list} className={classes.windowed} style={{ height: virtualizer.getTotalSize() }} onFocus={noteFocus}>
      {virtualizer.getVirtualItems().map((item) => (
        <div
          key={item.key}
          data-index={item.index}
          ref={virtualizer.measureElement}
          className={classes.item}
          style={{ transform: `translateY(${item.start - offset}px)` }}
        >
          {children(item.index)}
        </div>
      ))}
    </div>
  )
}

/** What has the focus stays on the page, and so do the items that the tab key leads to. */
function withNeighbours(range: Range, focused: number | null): number[] {
  const visible = defaultRangeExtractor(range)
  if (focused === null) return visible
  const near = [focused - 1, focused, focused + 1].filter((index) => index >= 0 && index < range.count)
  return [...new Set([...visible, ...near])].sort((one, other) => one - other)
}

/** What scrolls around a list, and how far down in it the list begins. */
function useScroller(list: RefObject<HTMLElement | null>, count: number) {
  const [place, setPlace] = useState<{ scroller: HTMLElement | null; offset: number }>({ scroller: null, offset: 0 })
  useLayoutEffect(() => {
    const scroller = list.current && scrollParentOf(list.current)
    if (!list.current || !scroller) return
    const above = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    setPlace({ scroller, offset: Math.round(above + scroller.scrollTop) })
  }, [list, count])
  return place
}

function scrollParentOf(element: HTMLElement): HTMLElement | null {
  const parent = element.parentElement
  if (!parent) return null
  return /auto|scroll/.test(getComputedStyle(parent).overflowY) ? parent : scrollParentOf(parent)
}
