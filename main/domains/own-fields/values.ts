import { fitsOwnField, type OwnField, type OwnValues } from '../../../shared/contract/own-fields.ts'
import { Refusal } from '../../../shared/refusal.ts'

/**
 * What a file holds in its own fields after it was written: what was given for the fields there are, and whatever stood
 * in fields that were removed since. What stays as it was may be what a field takes no more.
 */
export function ownAfter(fields: readonly OwnField[], before: OwnValues, given: OwnValues): OwnValues {
  const known = new Set(fields.map(({ key }) => key))
  const kept = Object.entries(before).filter(([key]) => !known.has(key))
  const changed = Object.entries(given).filter(([key, value]) => value !== before[key])
  for (const [key, value] of changed) {
    const field = fields.find((one) => one.key === key)
    if (!field) throw new Refusal('notFound', 'ownField.notFound')
    if (!fitsOwnField(field, value) && value !== '') {
      throw new Refusal('invalid', 'ownField.doesNotFit', { name: field.name })
    }
  }
  const filled = Object.entries(given).filter(([key, value]) => known.has(key) && value !== '')
  return Object.fromEntries([...kept, ...filled])
}
