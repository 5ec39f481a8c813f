import type {
  ActivityFilter,
  ActivityRow,
  ErrorFilter,
  ListActivity,
  ListErrors,
  LogCheck,
  SavedFile,
  SheetFormat,
} from '../../../shared/contract/activity.ts'
import type { Done, Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { Clock } from '../../clock.ts'
import type { PreparedMutation, ReadContext } from '../../context.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { type Table, tableFile } from '../../sheets/table-file.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { anchorCode, readAnchorCode } from './anchor-code.ts'
import { checkChain, keepCheck, lastCheck } from './checks.ts'
import { activityChoices, activityPage, errorPage } from './list.ts'
import { anchorOf, compareAnchor } from './verify.ts'

/** Rows in one file: what a spreadsheet opens without trouble. */
const mostExported = 50_000

export function activityHandlers(core: { database: DatabaseFile; clock: Clock }) {
  const verify: PreparedMutation<Done, LogCheck> = {
    async prepare({ actor }) {
      const chain = organizationOf(actor)
      const check = await checkChain(core, chain, 'whole')
      return async ({ db }) => {
        await keepCheck(db, chain, check)
        return check
      }
    },
  }
  return {
    list,
    choices,
    personName,
    export: exportActivity,
    checks,
    verify,
    anchor,
    compareAnchor: compare,
    errors,
    exportErrors,
  }
}

async function list({ db, actor }: ReadContext, { after, limit, ...filter }: ListActivity) {
  return activityPage(db, { organizationId: organizationOf(actor), filter, after, limit })
}

async function personName({ db, actor }: ReadContext, { beneficiaryId }: { beneficiaryId: Id }) {
  const person = await beneficiaryOf(db, scopeOf(actor), beneficiaryId)
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  return { name: person.name }
}

async function choices({ db, actor }: ReadContext) {
  return activityChoices(db, organizationOf(actor))
}

interface Wish<Filter> {
  format: SheetFormat
  filter: Filter
}

/** The file is made before the write, so that nobody else waits for it. */
const exportActivity: PreparedMutation<Wish<ActivityFilter>, SavedFile> = {
  async prepare({ db, actor, clock }, { format, filter }) {
    const { rows } = await activityPage(db, { organizationId: organizationOf(actor), filter, limit: mostExported })
    const title = `activity-${clock.now().toISOString().slice(0, 10)}`
    const file = await tableFile(title, format, [activityTable(rows)])
    return async ({ about }) => {
      about(null, { format, rows: rows.length })
      return { ...file, rows: rows.length }
    }
  },
}

function activityTable(rows: ActivityRow[]): Table {
  const cells = rows.map((row) => [
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
  ])
  const columns = [
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
  return { name: '', columns, rows: cells }
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

async function checks({ db, actor }: ReadContext) {
  const chain = organizationOf(actor)
  return { tail: await lastCheck(db, chain, 'tail'), whole: await lastCheck(db, chain, 'whole') }
}

async function anchor({ db, actor, clock }: ReadContext) {
  const head = await anchorOf(db, organizationOf(actor))
  return { lines: head.count, code: anchorCode(head), takenAt: clock.now().toISOString() }
}

/** The anchor of another organization is no anchor here, so that nothing of its log can be learnt. */
async function compare({ db, actor }: ReadContext, { code }: { code: string }) {
  const known = readAnchorCode(code)
  if (!known || known.chain !== organizationOf(actor)) throw new Refusal('invalid', 'activity.noAnchor')
  return { lines: known.count, problem: await compareAnchor(db, known) }
}

async function errors({ db, actor }: ReadContext, { after, limit, ...filter }: ListErrors) {
  return errorPage(db, { organizationId: organizationOf(actor), filter, after, limit })
}

const exportErrors: PreparedMutation<Wish<ErrorFilter>, SavedFile> = {
  async prepare({ db, actor, clock }, { format, filter }) {
    const { rows } = await errorPage(db, { organizationId: organizationOf(actor), filter, limit: mostExported })
    const columns = ['time', 'severity', 'type', 'message', 'place', 'request id', 'user', 'places']
    const cells = rows.map((row) => [
      row.at,
      row.severity,
      row.type,
      row.message,
      row.place,
      row.requestId,
      row.userName,
      row.places.join('\n'),
    ])
    const title = `errors-${clock.now().toISOString().slice(0, 10)}`
    const file = await tableFile(title, format, [{ name: '', columns, rows: cells }])
    return async ({ about }) => {
      about(null, { format, rows: rows.length })
      return { ...file, rows: rows.length }
    }
  },
}
