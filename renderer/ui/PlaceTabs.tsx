import { useElementSize } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useCallback, useLayoutEffect, useRef, useState } from 'react'
import classes from './PlaceTabs.module.css'

type More = '' | 'left' | 'right' | 'left right'

interface Props {
  label: string
  /** Links to the places. */
  children: ReactNode
}

/** The places of one area, side by side: what does not fit is pushed along, and the place that is open is always seen. */
export function PlaceTabs({ label, children }: Props) {
  const row = useRef<HTMLElement>(null)
  const { ref, width } = useElementSize<HTMLDivElement>()
  const address = useLocation({ select: ({ href }) => href })
  const [more, setMore] = useState<More>('')
  const look = useCallback(() => row.current && setMore(beyond(row.current)), [])
  useLayoutEffect(() => {
    if (width === 0 || address === '') return
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
    look()
  }, [address, width, look])
  return (
    <div className={classes.frame} ref={ref}>
      <nav ref={row} className={classes.tabs} data-more={more} aria-label={label} onScroll={look}>
        {children}
      </nav>
      {more.includes('left') && <Further side="left" row={row.current} />}
      {more.includes('right') && <Further side="right" row={row.current} />}
    </div>
  )
}

/** For a pointer alone: the keyboard and a screen reader go from link to link, which brings each into view. */
function Further({ side, row }: { side: 'left' | 'right'; row: HTMLElement | null }) {
  const Icon = side === 'left' ? IconChevronLeft : IconChevronRight
  const push = () => row?.scrollBy({ left: (side === 'left' ? -0.7 : 0.7) * row.clientWidth, behavior: 'smooth' })
  return (
    <button type="button" tabIndex={-1} aria-hidden className={classes.further} data-side={side} onClick={push}>
      <Icon size={18} />
    </button>
  )
}

/** Where the line goes on beyond its edge; it is counted from the other end where the page is read from the right. */
function beyond(row: HTMLElement): More {
  const most = row.scrollWidth - row.clientWidth
  const fromLeft = getComputedStyle(row).direction === 'rtl' ? most + row.scrollLeft : row.scrollLeft
  if (most <= 1) return ''
  return fromLeft <= 1 ? 'right' : most - fromLeft <= 1 ? 'left' : 'left right'
}
