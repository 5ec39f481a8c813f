import { Refusal } from '../shared/refusal.ts'

/**
 * No text with a NUL character comes in: SQLite's own functions stop reading there, PostgreSQL cannot store it, and no screen
 * sends it. Without recursion, since a call may be nested as deep as its bytes allow.
 */
export function refuseNul(input: unknown) {
  const left: [place: string, thing: unknown][] = [['', input]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [place, thing] = next
    if (typeof thing === 'string' && thing.includes('\0')) {
      throw new Refusal('invalid', 'door.invalidInput', { field: place })
    }
    for (const [name, part] of partsOf(thing)) {
      if (name.includes('\0')) throw new Refusal('invalid', 'door.invalidInput', { field: place })
      left.push([place === '' ? name : `${place}.${name}`, part])
    }
  }
}

function partsOf(thing: unknown): [string, unknown][] {
  if (typeof thing !== 'object' || thing === null) return []
  if (thing instanceof Map) return [...thing].flatMap((entry) => entry.map((part): [string, unknown] => ['', part]))
  if (thing instanceof Set) return [...thing].map((part) => ['', part])
  return Object.entries(thing)
}
