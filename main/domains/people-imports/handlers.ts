import type { Id } from '../../../shared/contract/base.ts'
import type { LegacyEncoding } from '../../../shared/contract/imports.ts'
import { addsAtOnce, changesAtOnce, type PlanPeople } from '../../../shared/contract/people-imports.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Actor } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { ownFieldsOf } from '../own-fields/settings.ts'
import { addPeople, changePeople } from './carry-out.ts'
import { orderOf } from './days.ts'
import { type Held, type HeldFiles, heldFiles } from './held.ts'
import { type Plan, planOf } from './plan.ts'
import {
  deleteEmptyGroups,
  deleteImportsBefore,
  importOf,
  importsSince,
  insertImport,
  setProgress,
  trainersByName,
} from './queries.ts'
import { readPeople } from './read-file.ts'
import { guessTargets, rememberTargets } from './remembered.ts'
import { isInUse, takeBackSome } from './undo.ts'

const aDay = 24 * 3_600_000
const mostSamples = 4

export function peopleImportsHandlers() {
  const files = heldFiles()
  return { ...reading(files), ...writing(files), list, undoSome, stop }
}

interface SentFile {
  base64: string
  fileName: string
  encoding?: LegacyEncoding | undefined
}

function reading(files: HeldFiles) {
  return {
    async read({ db, actor }: ReadContext, { base64, fileName, encoding }: SentFile) {
      const { organizationId } = scopeOf(actor)
      const sheet = await readPeople(Buffer.from(base64, 'base64'), encoding)
      if ('refusal' in sheet) throw unreadable(sheet.refusal)
      const { fileId } = files.keep(actor, { fileName, sheet })
      const targets = await guessTargets(db, organizationId, sheet.heads)
      const { order, isOpen } = orderOf(daysIn(sheet.rows, targets))
      const columns = sheet.heads.map((name, place) => ({
        name,
        samples: samplesOf(sheet.rows, place),
        target: targets[place] ?? null,
      }))
      const { kind, guessedEncoding } = sheet
      return {
        fileId,
        kind,
        columns,
        rows: sheet.rows.length,
        guessedEncoding,
        dayOrder: order,
        isDayOrderOpen: isOpen,
      }
    },

    async plan({ db, actor, clock }: ReadContext, { fileId, columns, dayOrder, skipAlike }: PlanPeople) {
      const scope = scopeOf(actor)
      const held = files.of(actor, fileId)
      if (held.importId !== null) throw new Refusal('conflict', 'peopleImport.isRunning')
      const hasName = columns.some((target) => target === 'name' || target === 'firstName' || target === 'lastName')
      if (!hasName) throw new Refusal('invalid', 'peopleImport.noNameColumn')
      const targets = held.sheet.heads.map((_, place) => columns[place] ?? null)
      const plan = await planOf(db, scope, held.sheet, {
        targets,
        heads: held.sheet.heads,
        dayOrder,
        skipAlike,
        ownFields: await ownFieldsOf(db, scope.organizationId),
        trainers: await trainersByName(db, scope.organizationId),
        thisYear: clock.now().getUTCFullYear(),
      })
      Object.assign(held, { plan, targets })
      return plan.shown
    },
  }
}

function unreadable(reason: string): Refusal {
  if (reason === 'zip') return new Refusal('invalid', 'peopleImport.notARoster')
  if (reason === 'empty') return new Refusal('invalid', 'peopleImport.empty')
  return new Refusal('invalid', 'peopleImport.unreadable', { reason })
}

type Rows = readonly { cells: readonly string[] }[]

function samplesOf(rows: Rows, place: number): string[] {
  const some = rows.slice(0, 50).map(({ cells }) => (cells[place] ?? '').slice(0, 80).toWellFormed())
  return [...new Set(some.filter((cell) => cell !== ''))].slice(0, mostSamples)
}

function* daysIn(rows: Rows, targets: readonly (string | null)[]) {
  const places = targets.flatMap((target, place) =>
    target === 'dateOfBirth' || target === 'enrollmentDate' || target === 'completedOn' ? [place] : [],
  )
  for (const { cells } of rows) for (const place of places) yield cells[place] ?? ''
}

function writing(files: HeldFiles) {
  return {
    async begin({ db, actor, now, about }: WriteContext, { fileId }: { fileId: string }) {
      const scope = scopeOf(actor)
      const { organizationId } = scope
      const held = files.of(actor, fileId)
      const { adds, changes } = planned(held)
      if (held.importId !== null) throw new Refusal('conflict', 'peopleImport.isRunning')
      await deleteImportsBefore(db, new Date(Date.parse(now) - aDay).toISOString())
      await rememberTargets(db, organizationId, { heads: held.sheet.heads, targets: held.targets }, now)
      const total = adds.length + changes.length
      const { fileName } = held
      const importId = await insertImport(db, { organizationId, userId: actor.userId, fileName, total }, now)
      about(null, { rows: total })
      return { importId, total }
    },

    async addSome(context: WriteContext, step: { importId: Id; fileId: string }) {
      const held = await running(context, files, step)
      const { db, now, about } = context
      const scope = scopeOf(context.actor)
      const { adds } = planned(held)
      const rows = adds.slice(held.added, held.added + addsAtOnce)
      const { ids, madeGroups, failed } = await addPeople(db, { scope, importId: step.importId, now }, rows)
      about(null, { files: ids.join(' ') })
      return reached(context, files, held, { step, rows: { added: rows.length, changed: 0 }, madeGroups, failed })
    },

    async changeSome(context: WriteContext, step: { importId: Id; fileId: string }) {
      const held = await running(context, files, step)
      const { db, now, about } = context
      const scope = scopeOf(context.actor)
      const { changes } = planned(held)
      const rows = changes.slice(held.changed, held.changed + changesAtOnce)
      const { ids, madeGroups, failed } = await changePeople(db, { scope, importId: step.importId, now }, rows)
      about(null, { files: ids.join(' ') })
      return reached(context, files, held, { step, rows: { added: 0, changed: rows.length }, madeGroups, failed })
    },
  }
}

function planned({ plan }: Held): Plan {
  if (!plan) throw new Refusal('notFound', 'peopleImport.fileGone')
  return plan
}

/** A step belongs to the import that was begun with this file, and to no other. */
async function running({ db, actor }: WriteContext, files: HeldFiles, { importId, fileId }: Step): Promise<Held> {
  const held = files.of(actor, fileId)
  const found = await importOf(db, scopeOf(actor), actor.userId, importId)
  if (!found) throw new Refusal('notFound', 'peopleImport.notFound')
  if (found.state !== 'running') throw new Refusal('conflict', 'peopleImport.isRunning')
  if (held.importId !== null && held.importId !== importId) throw new Refusal('notFound', 'peopleImport.notFound')
  return held
}

interface Step {
  importId: Id
  fileId: string
}

interface Reached {
  step: Step
  rows: { added: number; changed: number }
  madeGroups: Id[]
  failed: number[]
}

/** Where the next step begins is moved on after the commit alone. */
async function reached(
  { db, afterwards, actor }: WriteContext,
  files: HeldFiles,
  held: Held,
  { step, rows, madeGroups, failed }: Reached,
) {
  const { adds, changes } = planned(held)
  const [added, changed] = [held.added + rows.added, held.changed + rows.changed]
  const isDone = added >= adds.length && changed >= changes.length
  const allFailed = [...held.failed, ...failed]
  const before = await importOf(db, scopeOf(actor), actor.userId, step.importId)
  const groups = [...(JSON.parse(before?.madeGroups ?? '[]') as Id[]), ...madeGroups]
  const written = {
    added: (before?.added ?? 0) + (rows.added > 0 ? rows.added - failed.length : 0),
    updated: (before?.changed ?? 0) + (rows.changed > 0 ? rows.changed - failed.length : 0),
  }
  await setProgress(db, step.importId, { ...written, state: isDone ? 'done' : 'running', madeGroups: groups })
  afterwards(() => {
    Object.assign(held, { importId: step.importId, added, changed, failed: allFailed })
    if (isDone) files.forget(held)
  })
  const total = adds.length + changes.length
  return { added: written.added, changed: written.updated, total, failed: allFailed, isDone }
}

async function list({ db, actor, clock }: ReadContext) {
  const since = new Date(clock.now().getTime() - aDay).toISOString()
  const found = await importsSince(db, scopeOf(actor), actor.userId, since)
  return found.map(({ madeGroups: _, ...one }) => one)
}

/** Whether it can be taken back at all is looked at in front of the first transaction; each looks at its own rows again. */
const undoSome = {
  async prepare({ db, actor, clock }: ReadContext, { importId }: { importId: Id }) {
    const { state } = await undoable(db, actor, importId, clock.now())
    if (state !== 'undoing' && (await isInUse(db, importId))) throw new Refusal('conflict', 'peopleImport.inUse')
    return (context: WriteContext) => takeBack(context, importId)
  },
}

async function takeBack({ db, actor, clock, now, about }: WriteContext, importId: Id) {
  const { state, madeGroups } = await undoable(db, actor, importId, clock.now())
  if (state !== 'undoing') await setProgress(db, importId, { state: 'undoing' })
  const left = await takeBackSome(db, scopeOf(actor), importId, now)
  if (left === 0) {
    await deleteEmptyGroups(db, JSON.parse(madeGroups) as Id[])
    await setProgress(db, importId, { state: 'undone' })
  }
  about(null, { left })
  return { left }
}

async function undoable(db: Reader, actor: Actor, importId: Id, now: Date) {
  const found = await importOf(db, scopeOf(actor), actor.userId, importId)
  if (!found || found.state === 'undone') throw new Refusal('notFound', 'peopleImport.notFound')
  if (now.getTime() - Date.parse(found.at) > aDay) throw new Refusal('conflict', 'peopleImport.tooLate')
  return found
}

async function stop({ db, actor, about }: WriteContext, { importId }: { importId: Id }) {
  const found = await importOf(db, scopeOf(actor), actor.userId, importId)
  if (!found) throw new Refusal('notFound', 'peopleImport.notFound')
  if (found.state === 'running') await setProgress(db, importId, { state: 'done' })
  about(null, { import: importId })
  return {}
}
