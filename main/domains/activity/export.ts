import { setImmediate } from 'node:timers/promises'
import type {
  ActivityFilter,
  ActivityRow,
  ErrorFilter,
  ErrorRow,
  SavedFile,
  SheetFormat,
} from '../../../shared/contract/activity.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation, WriteContext } from '../../context.ts'
import type { Cell } from '../../sheets/cells.ts'
import { tableElsewhere } from '../../sheets/table-elsewhere.ts'
import { activityPage, errorPage } from './list.ts'

/** Rows in one file: what a spreadsheet opens without trouble. */
const mostExported = 50_000
const exportedAtOnce = 100

export interface Wish<Filter> {
  format: SheetFormat
  filter: Filter
}

/** The file is made before the write, so that nobody else waits for it. */
export const exportActivity: PreparedMutation<Wish<ActivityFilter>, SavedFile> = {
  async prepare({ db, actor, clock }, { format, filter }) {
    const organizationId = organizationOf(actor)
    const pages = pagesOf(
      (after) => activityPage(db, { organizationId, filter, after, limit: exportedAtOnce }),
      cellsOf,
    )
    const title = `activity-${clock.now().toISOString().slice(0, 10)}`
    return noted(format, await tableElsewhere({ title, format, columns: activityColumns, rows: pages }))
  },
}

export const exportErrors: PreparedMutation<Wish<ErrorFilter>, SavedFile> = {
  async prepare({ db, actor, clock }, { format, filter }) {
    const organizationId = organizationOf(actor)
    const pages = pagesOf(
      (after) => errorPage(db, { organizationId, filter, after, limit: exportedAtOnce }),
      errorCells,
    )
    const title = `errors-${clock.now().toISOString().slice(0, 10)}`
    return noted(format, await tableElsewhere({ title, format, columns: errorColumns, rows: pages }))
  },
}

function noted(format: SheetFormat, file: SavedFile) {
  return async ({ about }: WriteContext) => {
    about(null, { format, rows: file.rows })
    return file
  }
}

/** A stretch at a time, so that others have their turn in between. */
async function* pagesOf<Row>(
  page: (after: string | undefined) => Promise<{ rows: Row[]; next: string | null }>,
  cells: (row: Row) => Cell[],
) {
  let after: string | undefined
  for (let read = 0; read < mostExported; read += exportedAtOnce) {
    const { rows, next } = await page(after)
    yield rows.map(cells)
    if (next === null) return
    after = next
    await setImmediate()
  }
}

const activityColumns = [
  'time',
  'user',
  'action',
  'resource',
  'resource id',
  'person',
  'looks',
  'notes',
  'changes',
  'ip address',
  'user agent',
]

function cellsOf(row: ActivityRow): Cell[] {
  return [
    row.at,
    row.userName,
    row.action,
    row.resource,
    row.resourceId,
    row.personName,
    row.looks,
    JSON.stringify(row.notes),
    changesIn(row),
    row.ipAddress,
    row.userAgent,
  ]
}

/** `users 4: name "Ana" → "Anna"`, one line for each row. */
function changesIn({ changes }: ActivityRow): string {
  return changes
    .map(({ table, id, kind, fields }) => {
      const values = Object.entries(fields).map(
        ([name, [before, after]]) => `${name} ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
      )
      return `${kind} ${table} ${id}: ${values.join('; ')}`
    })
    .join('\n')
}

const errorColumns = ['time', 'severity', 'type', 'message', 'place', 'request id', 'user', 'places']

function errorCells(row: ErrorRow): Cell[] {
  const { at, severity, type, message, place, requestId, userName, places } = row
  return [at, severity, type, message, place, requestId, userName, places.join('\n')]
}
