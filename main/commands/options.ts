import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Options } from './catalog.ts'
import { WrongUsage } from './exit.ts'

export function required(options: Options, name: string): string {
  const value = options[name]
  if (!value) throw new WrongUsage(`--${name} is missing: --help shows how to give it.`)
  return value
}

export function folder(options: Options, name: string): string {
  return resolve(required(options, name))
}

/** What stands in the file that an option names. */
export function fileText(options: Options, name: string): string {
  const path = folder(options, name)
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const problem = existsSync(path) ? 'cannot be read' : 'is not there'
    throw new WrongUsage(`--${name} names ${path}, which ${problem}.`, { cause })
  }
}

export function wholeNumber(options: Options, name: string, least: number, most: number): number {
  const text = required(options, name)
  const value = Number(text)
  if (!/^\d{1,15}$/.test(text) || value < least || value > most) {
    throw new WrongUsage(`--${name} takes a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`)
  }
  return value
}

export function oneOf<const T extends string>(options: Options, name: string, values: readonly T[]): T {
  const text = required(options, name)
  const found = values.find((value) => value === text)
  if (found === undefined) throw new WrongUsage(`--${name} takes ${values.join(' or ')}, not ${JSON.stringify(text)}.`)
  return found
}
