import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { ColumnTarget } from '../../../shared/contract/people-imports.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { plainWord } from '../imports/sheet-words.ts'
import { organizationById, setOrganizationSettings } from '../organizations/queries.ts'
import { ownFieldsOf } from '../own-fields/settings.ts'
import { personColumnHeaded } from './column-words.ts'

/** What the heads of columns meant the last time, in an organization's settings. */
const All = z.record(z.string(), z.json()).catch({})
const Stored = z.record(z.string(), ColumnTarget).catch({})
const mostHeads = 300

/** What each column holds: as the organization said the last time, by a field of its own, or by a word that is known. */
export async function guessTargets(db: Reader, organizationId: Id, heads: readonly string[]): Promise<ColumnTarget[]> {
  const organization = await organizationById(db, organizationId)
  const remembered = Stored.parse(All.parse(organization?.settings).peopleColumns)
  const own = await ownFieldsOf(db, organizationId)
  const seen = new Set<string>()
  const targets = heads.map((head): ColumnTarget => {
    const word = plainWord(head)
    const field = own.find(({ name }) => plainWord(name) === word)
    const target = Object.hasOwn(remembered, word)
      ? (remembered[word] ?? null)
      : field
        ? (`own.${field.key}` as const)
        : (personColumnHeaded(head) ?? null)
    const isGone = target?.startsWith('own.') && !own.some(({ key }) => target === `own.${key}`)
    if (target === null || isGone || seen.has(target)) return null
    seen.add(target)
    return target
  })
  return frenchNames(heads, targets)
}

/** `Nom` is the family name where there is a column for the first name, and the whole name where there is none. */
function frenchNames(heads: readonly string[], targets: ColumnTarget[]): ColumnTarget[] {
  const hasFirst = targets.includes('firstName')
  const hasName = targets.includes('name')
  return targets.map((target, place) => {
    const isAlone = target === 'lastName' && !hasFirst && !hasName && plainWord(heads[place] ?? '') === 'nom'
    return isAlone ? 'name' : target
  })
}

export async function rememberTargets(
  db: Writer,
  organizationId: Id,
  { heads, targets }: { heads: readonly string[]; targets: readonly ColumnTarget[] },
  now: string,
) {
  const organization = await organizationById(db, organizationId)
  const settings = All.parse(organization?.settings)
  const said = heads.map((head, place) => [plainWord(head), targets[place] ?? null] as const)
  const all = Object.entries({ ...Stored.parse(settings.peopleColumns), ...Object.fromEntries(said) })
  const newest = all.filter(([word]) => word !== '').slice(-mostHeads)
  await setOrganizationSettings(db, organizationId, { ...settings, peopleColumns: Object.fromEntries(newest) }, now)
}
