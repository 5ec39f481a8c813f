import { addDays, beginOf } from '../../lib/calendar-days.ts'

interface Timed {
  id: number
  startTime: string
  endTime: string
}

/** The part of an appointment that lies on one day. */
export interface Piece<T extends Timed> {
  row: T
  /** Which of the days that are shown. */
  column: number
  /** Minutes since midnight. */
  begin: number
  end: number
  /** Where it stands beside others at the same time, and how many stand there. */
  lane: number
  lanes: number
  /** Where an appointment begins it can be taken and moved; where it ends it can be made longer. */
  isFirst: boolean
  isLast: boolean
}

const shortestShownMinutes = 20
const dayMinutes = 24 * 60

export function piecesOf<T extends Timed>(rows: readonly T[], days: readonly string[]): Piece<T>[] {
  return days.flatMap((day, column) => sideBySide(rows.flatMap((row) => pieceOn(row, day, column))))
}

function pieceOn<T extends Timed>(row: T, day: string, column: number): Piece<T>[] {
  const [opens, closes] = [beginOf(day), beginOf(addDays(day, 1))]
  const [start, end] = [new Date(row.startTime), new Date(row.endTime)]
  if (start >= closes || end <= opens) return []
  const [isFirst, isLast] = [start >= opens, end <= closes]
  const begin = Math.min(isFirst ? minutesOf(start) : 0, dayMinutes - shortestShownMinutes)
  const until = end < closes ? minutesOf(end) : dayMinutes
  return [
    { row, column, begin, end: Math.max(until, begin + shortestShownMinutes), lane: 0, lanes: 1, isFirst, isLast },
  ]
}

function minutesOf(time: Date): number {
  return time.getHours() * 60 + time.getMinutes()
}

/** Those that overlap, also by way of a third one, share the width of the day. */
function sideBySide<T extends Timed>(pieces: Piece<T>[]): Piece<T>[] {
  const sorted = pieces.toSorted((one, other) => one.begin - other.begin || one.row.id - other.row.id)
  const clusters: { ends: number[]; pieces: Piece<T>[] }[] = []
  for (const piece of sorted) {
    const last = clusters.at(-1)
    const isApart = !last || last.ends.every((end) => end <= piece.begin)
    const cluster = isApart ? { ends: [], pieces: [] } : last
    if (isApart) clusters.push(cluster)
    const free = cluster.ends.findIndex((end) => end <= piece.begin)
    const lane = free === -1 ? cluster.ends.length : free
    cluster.ends[lane] = piece.end
    cluster.pieces.push({ ...piece, lane })
  }
  return clusters.flatMap(({ ends, pieces }) => pieces.map((piece) => ({ ...piece, lanes: ends.length })))
}
