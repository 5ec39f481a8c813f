/** First name and initial of the last: what a device of an open room may show, as its network may be read by others. */
export function shortName(name: string): string {
  return shortenedTo(name, 1)
}

/**
 * Where two would read the same, as many more letters of the last name as tell them apart, and a number where no letter
 * does: nobody must take another's seat by mistake.
 */
export function shortNames<T extends { name: string }>(people: readonly T[]): T[] {
  const names = people.map(({ name }) => name)
  return people.map((person, index) => ({ ...person, name: unlikeOthers(names, index) }))
}

function unlikeOthers(names: readonly string[], index: number): string {
  const name = names[index] ?? ''
  for (let letters = 1; letters <= name.length; letters += 1) {
    const short = shortenedTo(name, letters)
    if (names.every((other, place) => place === index || shortenedTo(other, letters) !== short)) return short
  }
  const before = names.slice(0, index).filter((other) => shortName(other) === shortName(name)).length
  return `${shortName(name)} ${before + 1}`
}

function shortenedTo(name: string, letters: number): string {
  const words = name.split(/\s+/).filter(Boolean)
  const [first = ''] = words
  const last = words.length > 1 ? [...(words.at(-1) ?? '')] : []
  if (last.length === 0) return first
  return `${first} ${last.slice(0, letters).join('')}${letters < last.length ? '.' : ''}`
}
