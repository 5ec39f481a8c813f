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
  const longest = Math.max(...names.map((one) => one.length))
  for (let letters = 1; letters <= longest; letters += 1) {
    const begun = beginningOf(name, letters)
    if (names.every((other, place) => place === index || beginningOf(other, letters) !== begun)) {
      return shortenedTo(name, letters)
    }
  }
  const before = names
    .slice(0, index)
    .filter((other) => beginningOf(other, longest) === beginningOf(name, longest)).length
  return `${shortName(name)} ${before + 1}`
}

function shortenedTo(name: string, letters: number): string {
  const isCut = letters < lastOf(name).length
  return `${beginningOf(name, letters)}${isCut ? '.' : ''}`
}

function beginningOf(name: string, letters: number): string {
  const [first = ''] = wordsOf(name)
  return [first, lastOf(name).slice(0, letters).join('')].join(' ').trim()
}

function lastOf(name: string): string[] {
  const words = wordsOf(name)
  return words.length > 1 ? [...(words.at(-1) ?? '')] : []
}

function wordsOf(name: string): string[] {
  return name.split(/\s+/).filter(Boolean)
}
