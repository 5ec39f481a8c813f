import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What may be kept of an error: never its message, because messages quote what somebody typed. */
export interface AnonymousError {
  /** The class of the error, such as `SqliteError`. */
  type: string
  /** Class and code, and those of its causes: `SqliteError SQLITE_CONSTRAINT_UNIQUE < TypeError`. */
  message: string
  /** Places in our own files, innermost first: `main/door.ts:58:11`. */
  frames: string[]
}

const root = join(import.meta.dirname, '../../..')
const mostFrames = 20
const mostCauses = 4

/**
 * Takes from an error only what a program wrote and no person: JSON.parse and the constraints of SQLite quote data in
 * their messages, and the stack begins with the message.
 */
export function anonymousError(error: unknown): AnonymousError {
  const chain = causesOf(error)
  return {
    type: typeOf(error),
    message: chain.map((one) => [typeOf(one), codeOf(one)].filter((word) => word !== '').join(' ')).join(' < '),
    frames: framesOf(error),
  }
}

/** The same in one piece of text, for a console. */
export function describeError(error: unknown): string {
  const { message, frames } = anonymousError(error)
  return [message, ...frames.map((frame) => `    at ${frame}`)].join('\n')
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let one = error; one !== undefined && one !== null && chain.length < mostCauses; one = Object(one).cause) {
    if (chain.includes(one)) break
    chain.push(one)
  }
  return chain
}

/** The name of the class, not of the object: a name that was set at run time could be anything. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const name = error.constructor.name
  return /^[A-Za-z]\w{0,60}$/.test(name) ? name : 'Error'
}

/** Codes are written in capitals by the libraries that give them; anything else is not taken for one. */
function codeOf(error: unknown): string {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' && /^(?:SQLITE|ERR|FST_ERR|UND_ERR|E)[A-Z0-9_]{2,60}$/.test(code) ? code : ''
}

function framesOf(error: unknown): string[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return []
  // The message comes first in the stack, and may itself look like a place.
  const end = error.stack.lastIndexOf(error.message) + error.message.length
  return error.stack
    .slice(Math.max(end, 0))
    .split('\n')
    .flatMap((line) => placeIn(line) ?? [])
    .slice(0, mostFrames)
}

function placeIn(line: string): string | undefined {
  const found = /^\s+at (?:[^()]* )?\(?((?:file:\/\/)?\/?[^()\s]+:\d+:\d+)\)?$/.exec(line)?.[1]
  if (found === undefined) return undefined
  const path = (found.startsWith('file:') ? pathOf(found) : found).split('\\').join('/')
  const base = `${root.split('\\').join('/')}/`
  if (!path.startsWith(base)) return undefined
  const place = path.slice(base.length)
  return /^(?:main|shared|dist|tests)\/[\w./-]{1,120}:\d+:\d+$/.test(place) ? place : undefined
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url)
  } catch {
    return ''
  }
}
