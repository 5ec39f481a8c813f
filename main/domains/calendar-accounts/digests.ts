import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Agreed, Fields } from './merge.ts'

/** What both sides agreed on last, as digests: an erasure finds no words here. */
const Base = z.object({ fields: z.record(z.string(), z.string()), hasWords: z.boolean() })
export type Base = z.infer<typeof Base>

const wordFields = ['title', 'description', 'location']

export function digested(uid: string, fields: Fields, hasWords: boolean): Base {
  const digests = Object.entries(fields).map(([field, value]) => [field, digest(uid, field, value)])
  return { fields: Object.fromEntries(digests), hasWords }
}

export function readBase(text: string | null): Base | null {
  return text === null ? null : Base.parse(JSON.parse(text))
}

/** Words count where they travel, and once more where they did until now. */
export function areWordsCompared(base: Base | null, tellsWords: boolean): boolean {
  return tellsWords || base?.hasWords === true
}

export function comparable(fields: Fields, areWords: boolean): Fields {
  return areWords ? fields : Object.fromEntries(Object.entries(fields).filter(([field]) => !wordFields.includes(field)))
}

export function agreedOn(uid: string, base: Base | null, areWords: boolean): Agreed | undefined {
  if (!base) return undefined
  const known = comparable(base.fields, areWords)
  return {
    names: Object.keys(known),
    is: (field, value) => known[field] === (value === undefined ? undefined : digest(uid, field, value)),
  }
}

function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64').slice(0, 22)
}
