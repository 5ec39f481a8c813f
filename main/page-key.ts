import { Refusal } from '../shared/refusal.ts'

interface Kinds {
  string: string
  number: number
}

/** Where the next page begins: the sort values of the last row, opaque to the caller. */
export function pageKey(values: (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** Reads a page key back; one that was made up is refused. */
export function readPageKey<const K extends readonly (keyof Kinds)[]>(
  key: string,
  kinds: K,
): { [I in keyof K]: Kinds[K[I]] } {
  const values = parse(key)
  const fits =
    Array.isArray(values) &&
    values.length === kinds.length &&
    kinds.every((kind, index) => typeof values[index] === kind)
  if (!fits) throw new Refusal('invalid', 'door.invalidInput', { field: 'after' })
  return values as unknown as { [I in keyof K]: Kinds[K[I]] }
}

function parse(key: string): unknown {
  try {
    return JSON.parse(Buffer.from(key, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
