import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow } from '../../../shared/contract/appointments.ts'
import { dayOf, shiftTime } from '../../lib/calendar-days.ts'
import { formatTimes } from '../../lib/format.ts'
import { hourPixels } from './hour-pixels.ts'
import type { Piece } from './lanes.ts'
import { panelOf } from './row-key.ts'
import classes from './time-grid.module.css'
import { type Move, whenOf } from './use-move.ts'

interface PieceBlockProps {
  piece: Piece<AppointmentRow>
  days: readonly string[]
  /** As it is saved, wherever it is shown. */
  row: AppointmentRow
  /** Where it is held now, by the pointer or the keyboard. */
  held: Move | null
  onHold: (move: Move | null) => void
  onDrop: (move: Move) => void
  onSay: (words: string) => void
}

const stepMinutes = 15
const shortestMs = stepMinutes * 60_000
const slackPixels = 4
const linePixels = 17
const framePixels = 6
/** With the lines closer together, and nothing around them. */
const twoTightLines = 32

/** Part of an appointment in the grid. Enter opens it; the arrow keys hold it, and then Enter puts it down. */
export function PieceBlock(props: PieceBlockProps) {
  const { piece, days, row, held, onHold, onSay } = props
  const { t } = useTranslation('appointments')
  const navigate = useNavigate()
  const drag = useDrag(props)
  const keys = useKeys(props)
  const when = whenOf(held ?? row)
  const share = 100 / days.length
  const blockSize = ((piece.end - piece.begin) / 60) * hourPixels - 2
  const who = row.beneficiaryName ?? row.groupName
  const lines = Math.floor((blockSize - framePixels) / linePixels)
  // Where it stands says when it is; with whom, nothing else does.
  const showsTimes = held !== null || who === null || lines > 2
  const showsWho = who !== null && !(showsTimes && lines < 3)
  return (
    <button
      type="button"
      className={classes.piece}
      data-status={row.status}
      data-held={held !== null || undefined}
      data-short={lines > 1 ? undefined : blockSize < twoTightLines ? 'line' : 'tight'}
      aria-label={[row.title, when, row.beneficiaryName, row.groupName, row.location, t(`status.${row.status}`)]
        .filter(Boolean)
        .join(', ')}
      aria-describedby="calendar-keys"
      style={{
        insetBlockStart: (piece.begin / 60) * hourPixels,
        blockSize,
        insetInlineStart: `${piece.column * share + (piece.lane / piece.lanes) * share}%`,
        inlineSize: `calc(${share / piece.lanes}% - 3px)`,
      }}
      onClick={() => void navigate(panelOf(row))}
      onKeyDown={keys}
      onBlur={() => {
        if (!held || drag.isDragging()) return
        onHold(null)
        onSay(t('letGo'))
      }}
      {...drag.handlers}
    >
      <bdi
        className={classes.pieceTitle}
        style={{ WebkitLineClamp: Math.max(1, lines - Number(showsTimes) - Number(showsWho)) }}
      >
        {row.title}
      </bdi>
      {showsTimes && <span className={classes.pieceTimes}>{formatTimes(held ?? row)}</span>}
      {showsWho && <bdi className={classes.pieceWho}>{who}</bdi>}
      {piece.isLast && <span className={classes.handle} data-handle aria-hidden />}
    </button>
  )
}

/** The same times moved; undefined when that would leave the days on the screen or end before it begins. */
function moved(from: Move, by: { days?: number; minutes?: number }, isEnd: boolean, days: readonly string[]) {
  if (isEnd) {
    const endTime = shiftTime(from.endTime, by)
    return Date.parse(endTime) - Date.parse(from.startTime) >= shortestMs ? { ...from, endTime } : undefined
  }
  const startTime = shiftTime(from.startTime, by)
  if (!days.includes(dayOf(startTime))) return undefined
  const lasts = Date.parse(from.endTime) - Date.parse(from.startTime)
  return { ...from, startTime, endTime: new Date(Date.parse(startTime) + lasts).toISOString() }
}

function isMoved({ row, startTime, endTime }: Move): boolean {
  return startTime !== row.startTime || endTime !== row.endTime
}

function useKeys({ row, held, days, onHold, onDrop, onSay }: PieceBlockProps) {
  const { t } = useTranslation('appointments')
  return function press(event: KeyboardEvent<HTMLButtonElement>) {
    const from = held ?? { row, startTime: row.startTime, endTime: row.endTime }
    if (held && (event.key === 'Enter' || event.key === 'Escape')) {
      event.preventDefault()
      event.stopPropagation()
      onHold(null)
      onSay(event.key === 'Enter' ? '' : t('letGo'))
      if (event.key === 'Enter' && isMoved(held)) onDrop(held)
      return
    }
    const by = shiftOfKey(event)
    if (!by) return
    event.preventDefault()
    const next = moved(from, by, event.shiftKey, days)
    if (next) onHold(next)
    onSay(next ? t('holding', { when: whenOf(next) }) : t('noFurther'))
  }
}

function shiftOfKey({ key, shiftKey, currentTarget }: KeyboardEvent<HTMLElement>) {
  const forward = getComputedStyle(currentTarget).direction === 'rtl' ? -1 : 1
  if (key === 'ArrowUp') return { minutes: -stepMinutes }
  if (key === 'ArrowDown') return { minutes: stepMinutes }
  if (shiftKey) return undefined
  if (key === 'ArrowLeft') return { days: -forward }
  return key === 'ArrowRight' ? { days: forward } : undefined
}

/** With a mouse or a pen: a finger scrolls. */
function useDrag({ piece, row, days, onHold, onDrop }: PieceBlockProps) {
  // What is drawn may be a moment behind the pointer, so where it is let go is kept here.
  const begun = useRef<{ x: number; y: number; isEnd: boolean; at: Move | null } | null>(null)
  const dragged = useRef(false)
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLButtonElement>) {
      dragged.current = false
      if (event.button !== 0 || event.pointerType === 'touch') return
      const isEnd = event.target instanceof HTMLElement && event.target.dataset.handle !== undefined
      if (!isEnd && !piece.isFirst) return
      begun.current = { x: event.clientX, y: event.clientY, isEnd, at: null }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent<HTMLButtonElement>) {
      const from = begun.current
      if (!from) return
      const [x, y] = [event.clientX - from.x, event.clientY - from.y]
      if (!dragged.current && Math.hypot(x, y) < slackPixels) return
      dragged.current = true
      const next = moved(
        { row, startTime: row.startTime, endTime: row.endTime },
        shiftOf(event, { x, y }, from, days),
        from.isEnd,
        days,
      )
      if (!next) return
      from.at = next
      onHold(next)
    },
    onPointerUp() {
      const at = begun.current?.at
      begun.current = null
      if (dragged.current) swallowClick()
      if (!at) return
      if (isMoved(at)) onDrop(at)
      else onHold(null)
    },
    onPointerCancel() {
      begun.current = null
      onHold(null)
    },
  }
  return { handlers, isDragging: () => begun.current !== null }
}

/** Letting go is no click on what lies under the pointer by then, which may be a free place. */
function swallowClick() {
  const swallow = (event: Event) => event.stopPropagation()
  window.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
}

function shiftOf(
  { currentTarget }: PointerEvent<HTMLElement>,
  { x, y }: { x: number; y: number },
  { isEnd }: { isEnd: boolean },
  days: readonly string[],
) {
  const minutes = Math.round(((y / hourPixels) * 60) / stepMinutes) * stepMinutes
  const canvas = currentTarget.parentElement
  if (isEnd || !canvas) return { minutes }
  const forward = getComputedStyle(canvas).direction === 'rtl' ? -1 : 1
  return { minutes, days: forward * Math.round(x / (canvas.clientWidth / days.length)) }
}
