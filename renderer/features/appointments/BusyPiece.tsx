import { useTranslation } from 'react-i18next'
import type { BusyBlock } from '../../../shared/contract/calendar-accounts.ts'
import { formatTimes } from '../../lib/format.ts'
import { BusyMenu } from './BusyMenu.tsx'
import { hourPixels } from './hour-pixels.ts'
import type { Piece } from './lanes.ts'
import classes from './time-grid.module.css'
import { whenOf } from './use-move.ts'

export interface BusyRow extends BusyBlock {
  id: number
  isBusy: true
}

/** Below all numbers that appointments have. */
export function busyRows(busy: readonly BusyBlock[]): BusyRow[] {
  return busy.map((block, index) => ({ ...block, id: -1 - index, isBusy: true }))
}

/** When one is busy by a calendar elsewhere: beside the appointments of that time, and nothing to move. */
export function BusyPiece({ piece, days }: { piece: Piece<BusyRow>; days: number }) {
  const { t } = useTranslation('appointments')
  const { row, column, begin, end, lane, lanes } = piece
  const words = t('busy.elsewhere', { title: row.title, calendar: row.calendarName })
  const share = 100 / days
  return (
    <BusyMenu block={row}>
      <button
        type="button"
        className={classes.busy}
        title={words}
        aria-label={`${words}, ${whenOf(row)}`}
        style={{
          insetBlockStart: (begin / 60) * hourPixels,
          blockSize: ((end - begin) / 60) * hourPixels - 2,
          insetInlineStart: `${column * share + (lane / lanes) * share}%`,
          inlineSize: `calc(${share / lanes}% - 3px)`,
        }}
      >
        <bdi className={classes.pieceTitle}>{row.title}</bdi>
        <span className={classes.pieceTimes}>{formatTimes(row)}</span>
      </button>
    </BusyMenu>
  )
}
