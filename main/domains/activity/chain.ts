import { createHash, createHmac, randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Id } from '../../../shared/contract/base.ts'
import type { JsonValue } from '../../database/tables.ts'

/** A line of the activity log as it is stored. */
export interface Line {
  id: Id
  organizationId: Id | null
  userId: Id | null
  action: string
  resource: string | null
  resourceId: Id | null
  details: JsonValue
  ipAddress: string | null
  userAgent: string | null
  at: string
}

/**
 * How one part of a line is proved: by a digest over a random salt and the part. After an erasure the salt is gone, so
 * that nobody can find the part by guessing, and a mark made with the key says that BDC itself took it away.
 */
export type Seal = [salt: string, digest: string] | [salt: null, digest: string, erased: string]

export interface Link {
  chain: Id
  sequence: number
  seals: Seal[]
  mac: string
}

/** What the first line of a chain follows. */
export const beginning = '0'.repeat(64)

/**
 * The parts of a line that an erasure can take away one by one: from where the call came, what the handler said of it,
 * and each change of a row.
 */
export function partsOf({ details, ipAddress, userAgent }: Pick<Line, 'details' | 'ipAddress' | 'userAgent'>) {
  const { changes = [], ...words } = isObject(details) ? details : {}
  return [[ipAddress, userAgent], words, ...(Array.isArray(changes) ? changes : [changes])] as JsonValue[]
}

function isObject(value: JsonValue): value is Exclude<JsonValue, string | number | boolean | null | JsonValue[]> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function seal(part: JsonValue): Seal {
  const salt = randomBytes(16).toString('base64url')
  return [salt, digest(salt, part)]
}

/** The seal of a part that an erasure has taken away. */
export function eraseSeal(
  key: Buffer,
  link: Pick<Link, 'chain' | 'sequence'>,
  part: number,
  { 1: digest }: Seal,
): Seal {
  return [null, digest, erasedMark(key, link, part, digest)]
}

/** The proof of a line and all lines before it: HMAC-SHA-256 over the one before and this one. */
export function macOf(key: Buffer, previous: string, line: Line, { chain, sequence, seals }: Omit<Link, 'mac'>) {
  const { id, organizationId, userId, action, resource, resourceId, at } = line
  const digests = seals.map((one) => one[1])
  return hmac(key, [previous, chain, sequence, id, organizationId, userId, action, resource, resourceId, at, digests])
}

/** Whether a line and what proves it belong together, and follow the one before. */
export function isGenuine(key: Buffer, previous: string, line: Line, link: Link): boolean {
  if (macOf(key, previous, line, link) !== link.mac) return false
  const parts = partsOf(line)
  if (parts.length !== link.seals.length) return false
  return link.seals.every((one, index) => {
    const part = parts[index] ?? null
    if (one[0] !== null) return digest(one[0], part) === one[1]
    return erasedMark(key, link, index, one[1]) === one[2] && isErased(part)
  })
}

/** What stands in the place of a part that was taken away; of a change, which row it was stays known. */
export function erasedPart(part: JsonValue): JsonValue {
  if (Array.isArray(part)) return [null, null]
  if (!isObject(part) || !('fields' in part)) return { isErased: true }
  const { table, id, kind } = part
  return { table, id, kind, isErased: true }
}

function isErased(part: JsonValue): boolean {
  return isDeepStrictEqual(part, [null, null]) || (isObject(part) && part['isErased'] === true && !('fields' in part))
}

function erasedMark(key: Buffer, { chain, sequence }: Pick<Link, 'chain' | 'sequence'>, part: number, digest: string) {
  return hmac(key, ['erased', chain, sequence, part, digest])
}

function digest(salt: string, part: JsonValue): string {
  return createHash('sha256')
    .update(JSON.stringify([salt, part]))
    .digest('base64url')
}

function hmac(key: Buffer, values: unknown[]): string {
  return createHmac('sha256', key).update(JSON.stringify(values)).digest('hex')
}
