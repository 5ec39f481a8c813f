import { placeNamed, plainWord } from './sheet-words.ts'

/** The places of the right options, with the percent that each earns where the cell says it. */
export type RightAnswers = Map<number, number | undefined>

/**
 * Reads `B`, `A, C`, `AC`, `2`, `A (50%); C (50%)` or the words of the options themselves. A letter is a place before it
 * is a word; a number is a word before it is a place, since options may be numbers.
 */
export function rightAnswers(cell: string, options: readonly string[]): RightAnswers | { unknown: string } {
  const letters = placesIn(cell.trim(), options)
  if (letters) return letters
  const whole = placeOf(cell.trim(), options)
  if (whole !== undefined) return new Map([[whole, undefined]])
  const right: RightAnswers = new Map()
  for (const item of itemsOf(cell, options)) {
    const { answer, percent } = withPercent(item)
    const place = placeOf(item, options) ?? placeOf(answer, options)
    if (place === undefined) return { unknown: item.slice(0, 100).toWellFormed() }
    right.set(place, percent)
  }
  return right
}

const lettered = /^[A-Z]{1,2}(?: \(-?\d+(?:\.\d+)?%\))?$/

/** The cell as our own files have it, `A (50%); C (50%)`: what it says does not depend on the words of the options. */
function placesIn(cell: string, options: readonly string[]): RightAnswers | undefined {
  const items = cell.slice(0, 20_000).split('; ')
  const places = items.map((item) => (lettered.test(item) ? placeNamed(item.replace(/ .*/, '')) : undefined))
  if (!places.every((place) => place !== undefined && (options[place] ?? '').trim() !== '')) return undefined
  return new Map(
    places.flatMap((place, index) => (place === undefined ? [] : [[place, withPercent(items[index] ?? '').percent]])),
  )
}

function itemsOf(cell: string, options: readonly string[]): string[] {
  const written = cell.trim()
  const isRunTogether = /^[A-Z]{2,}$/.test(written) && [...written].every((letter) => isPlace(letter, options))
  if (isRunTogether) return [...new Set(written)]
  const separator = /[;|\n؛]/.test(written) ? /[;|\n؛]/ : /[,،]|\s(?:and|et|و)\s|[&+/]/
  return written
    .slice(0, 20_000)
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function withPercent(item: string): { answer: string; percent: number | undefined } {
  const [, answer = '', written = ''] =
    /^(.*?\S)\s{0,5}[(:=]?\s{0,5}(-?\d{1,3}(?:[.,]\d{1,400})?)\s?%\s?\)?$/s.exec(item) ?? []
  return answer === '' ? { answer: item, percent: undefined } : { answer, percent: Number(written.replace(',', '.')) }
}

function placeOf(item: string, options: readonly string[]): number | undefined {
  if (item === '') return undefined
  const byPlace = isPlace(item, options) ? placeNamed(item) : undefined
  const byWord = () => wordPlace(item, options)
  return /^\d+$/.test(plainWord(item)) ? (byWord() ?? byPlace) : (byPlace ?? byWord())
}

/** Only what looks like a place: not a word of two letters among few options. */
function isPlace(item: string, options: readonly string[]): boolean {
  const place = /^[\p{L}\p{N}]{1,2}[.)]?$/u.test(item) ? placeNamed(item) : undefined
  return place !== undefined && place < options.length && options[place]?.trim() !== ''
}

function wordPlace(item: string, options: readonly string[]): number | undefined {
  const exact = options.findIndex((option) => option.trim() === item)
  if (exact >= 0) return exact
  const word = plainWord(item)
  const alike = word === '' ? -1 : options.findIndex((option) => plainWord(option) === word)
  return alike >= 0 ? alike : undefined
}
