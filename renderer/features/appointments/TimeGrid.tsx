import { VisuallyHidden } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type MouseEvent, type ReactNode, type Ref, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow } from '../../../shared/contract/appointments.ts'
import { beginOf } from '../../lib/calendar-days.ts'
import { formatDate } from '../../lib/format.ts'
import { useToday } from '../../lib/use-now.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { BusyPiece, type BusyRow, busyRows } from './BusyPiece.tsx'
import { ConflictList } from './ConflictNotice.tsx'
import { hourPixels } from './hour-pixels.ts'
import { type Piece, piecesOf } from './lanes.ts'
import { NowLine } from './NowLine.tsx'
import { PieceBlock } from './PieceBlock.tsx'
import { ReachDialog } from './ReachDialog.tsx'
import { noPanel, rowKey } from './row-key.ts'
import classes from './time-grid.module.css'
import type { Calendar } from './use-calendar.ts'
import { type Move, useMove } from './use-move.ts'

const firstHourInView = 7

/** One day or a week against the hours; what stands there can be moved and made longer with the pointer and the keyboard. */
export function TimeGrid({ calendar: { rows, day, days, busy, timesToday } }: { calendar: Calendar }) {
  const { t } = useTranslation('appointments')
  const frame = useRef<HTMLDivElement>(null)
  const heads = useRef<HTMLDivElement>(null)
  const move = useMove()
  const [held, setHeld] = useState<Move | null>(null)
  const [said, say] = useState('')
  const moved = held ?? move.underWay
  const shown = rows.map((row) =>
    moved && rowKey(row) === rowKey(moved.row) ? { ...row, startTime: moved.startTime, endTime: moved.endTime } : row,
  )
  const all = piecesOf<AppointmentRow | BusyRow>([...shown, ...busyRows(busy)], days)
  // In an order that no move changes: what is put elsewhere in the page loses the focus.
  const pieces = all
    .filter(isOfAppointment)
    .toSorted(
      (one, other) =>
        one.row.id - other.row.id ||
        (one.row.occurrence ?? 0) - (other.row.occurrence ?? 0) ||
        one.column - other.column,
    )
  // A quarter above it, so that its number, which stands on its line, is seen whole.
  useLayoutEffect(() => void frame.current?.scrollTo({ top: (firstHourInView - 0.25) * hourPixels }), [])
  const column = days.indexOf(day)
  useLayoutEffect(() => {
    const [first, open] = [heads.current?.children[0], heads.current?.children[column]]
    // Counted from the first day, the distance is below zero where the page is read from the right, as a scroll is.
    if (first instanceof HTMLElement && open instanceof HTMLElement)
      frame.current?.scrollTo({ left: open.offsetLeft - first.offsetLeft })
  }, [column, timesToday])
  return (
    <div className={classes.gridFrame} data-days={days.length} ref={frame} role="group" aria-label={t('title')}>
      <DayHeads days={days} ref={heads} />
      <div className={classes.gridBody}>
        <Hours />
        <Canvas days={days}>
          {all.filter(isOfBusy).map((piece) => (
            <BusyPiece key={`${piece.row.id} ${piece.column}`} piece={piece} days={days.length} />
          ))}
          {pieces.map((piece) => (
            <PieceBlock
              key={`${rowKey(piece.row)} ${piece.isFirst ? 'first' : piece.column}`}
              piece={piece}
              days={days}
              row={rows.find((row) => rowKey(row) === rowKey(piece.row)) ?? piece.row}
              held={held && rowKey(held.row) === rowKey(piece.row) ? held : null}
              onHold={setHeld}
              onSay={say}
              onDrop={(drop) => {
                setHeld(null)
                move.begin(drop)
              }}
            />
          ))}
          <NowLine days={days} />
        </Canvas>
      </div>
      <VisuallyHidden id="calendar-keys">{t('keys')}</VisuallyHidden>
      <VisuallyHidden aria-live="assertive">{said}</VisuallyHidden>
      <ReachDialog
        question={move.reaching ? t('reach.move') : undefined}
        onChoose={move.choose}
        onCancel={move.cancel}
      />
      <ConfirmDialog
        isOpen={move.found.length > 0}
        title={t('conflict.question')}
        confirmLabel={t('conflict.moveAnyway')}
        onConfirm={move.confirm}
        onCancel={move.cancel}
      >
        <ConflictList found={move.found} />
      </ConfirmDialog>
    </div>
  )
}

function isOfBusy(piece: Piece<AppointmentRow | BusyRow>): piece is Piece<BusyRow> {
  return 'isBusy' in piece.row
}

function isOfAppointment(piece: Piece<AppointmentRow | BusyRow>): piece is Piece<AppointmentRow> {
  return !isOfBusy(piece)
}

function DayHeads({ days, ref }: { days: readonly string[]; ref: Ref<HTMLDivElement> }) {
  const today = useToday()
  return (
    <div className={classes.heads} ref={ref}>
      {days.map((day) => (
        <Link
          key={day}
          to="/calendar"
          search={(before) => ({ ...before, view: 'day', day })}
          className={classes.dayHead}
          aria-current={day === today ? 'date' : undefined}
        >
          <span>{formatDate(beginOf(day), { weekday: 'short' })}</span>
          <strong>{formatDate(beginOf(day), { day: 'numeric' })}</strong>
        </Link>
      ))}
    </div>
  )
}

function Hours() {
  return (
    <div className={classes.hours} aria-hidden>
      {Array.from({ length: 23 }, (_, index) => (
        <span key={index} style={{ insetBlockStart: (index + 1) * hourPixels }}>
          {formatDate(new Date(2026, 0, 1, index + 1), { hour: '2-digit', minute: '2-digit' })}
        </span>
      ))}
    </div>
  )
}

/** A free place leads to a new appointment at that time; without a pointer the button above does. */
function Canvas({ days, children }: { days: readonly string[]; children: ReactNode }) {
  const navigate = useNavigate()
  function begin(event: MouseEvent<HTMLDivElement>) {
    const { target, currentTarget, clientX, clientY } = event
    if (!(target instanceof Element) || target.closest('button')) return
    const box = currentTarget.getBoundingClientRect()
    const along = (clientX - box.left) / box.width
    const isRightToLeft = getComputedStyle(currentTarget).direction === 'rtl'
    const day = days[Math.floor((isRightToLeft ? 1 - along : along) * days.length)]
    const half = Math.max(Math.floor(((clientY - box.top) / hourPixels) * 2), 0)
    const clock = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`
    void navigate({ to: '/calendar/new', search: (before) => ({ ...before, ...noPanel, at: `${day}T${clock}` }) })
  }
  return (
    <div className={classes.canvas} role="presentation" onClick={begin}>
      {days.map((day) => (
        <div key={day} className={classes.column} />
      ))}
      {children}
    </div>
  )
}
