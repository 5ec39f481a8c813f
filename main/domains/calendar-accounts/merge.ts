/** What travels of an appointment, by field; a field that is not there is as it is without it. */
export type Fields = Readonly<Record<string, string>>

/** When it is, of a series with its rule. */
export const whenField = 'when'
/** One of a series that is different, by when it would be. */
export const isOccurrence = (field: string): boolean => field.startsWith('at:')

/** What both sides agreed on last; undefined: on nothing yet. */
export interface Agreed {
  names: readonly string[]
  /** Undefined: the field is not there. */
  is(field: string, value: string | undefined): boolean
}

/** Ours stays, and theirs is told. */
export interface Kept {
  field: string
  ours: string | undefined
  theirs: string | undefined
}

export interface Merged {
  /** Null: gone on both sides. */
  fields: Fields | null
  kept: Kept[]
  /** Deleted on this side, and edited on the other: it is back. */
  cameBack: 'here' | 'there' | null
}

/**
 * Three ways: what both sides agreed on last, what is here, and what is there; null: deleted. What one side changed counts.
 * Where both changed the same, ours stays. An edit is worth more than a deletion.
 */
export function merge(agreed: Agreed | undefined, here: Fields | null, there: Fields | null): Merged {
  if (here === null) return afterDeletion(agreed, there, 'here')
  if (there === null) return afterDeletion(agreed, here, 'there')
  return mergedFields(agreed, here, there)
}

function afterDeletion(agreed: Agreed | undefined, left: Fields | null, deletedOn: 'here' | 'there'): Merged {
  if (left === null || (agreed && isAsAgreed(agreed, left))) return { fields: null, kept: [], cameBack: null }
  return { fields: left, kept: [], cameBack: agreed ? deletedOn : null }
}

export function isAsAgreed(agreed: Agreed, fields: Fields): boolean {
  const isWhole = agreed.names.every((name) => name in fields)
  return isWhole && Object.entries(fields).every(([field, value]) => agreed.is(field, value))
}

function mergedFields(agreed: Agreed | undefined, here: Fields, there: Fields): Merged {
  const takesTheirs = chooser(agreed, here, there)
  const fields: Record<string, string> = {}
  const kept: Kept[] = []
  for (const field of namesOf(here, there)) {
    const [ours, theirs] = [here[field], there[field]]
    const isTheirs = takesTheirs(field)
    const value = isTheirs ? theirs : ours
    if (value !== undefined) fields[field] = value
    if (!isTheirs && ours !== theirs && !agreed?.is(field, theirs)) kept.push({ field, ours, theirs })
  }
  return { fields, kept, cameBack: null }
}

/** Which fields are taken from there. A place in a series means something under the times it belongs to, and goes with them. */
function chooser(agreed: Agreed | undefined, here: Fields, there: Fields): (field: string) => boolean {
  const differs = (field: string) => here[field] !== there[field]
  const isEditedHere = (field: string) => !agreed?.is(field, here[field])
  const hasOwnPlaces = namesOf(here, there).some(
    (field) => isOccurrence(field) && differs(field) && isEditedHere(field),
  )
  const hasOtherTimes = differs(whenField)
  const areTimesTheirs = hasOtherTimes && !isEditedHere(whenField) && !hasOwnPlaces
  return (field) => {
    if (hasOtherTimes && (field === whenField || isOccurrence(field))) return areTimesTheirs
    // Sides that never agreed on anything have what only one of them has.
    if (!agreed) return here[field] === undefined
    return differs(field) && !isEditedHere(field)
  }
}

function namesOf(here: Fields, there: Fields): string[] {
  return [...new Set([...Object.keys(here), ...Object.keys(there)])].toSorted()
}
