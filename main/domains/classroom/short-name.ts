/** First name and initial of the last: what a device of the room may show, as its network may be read by others. */
export function shortName(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const [first = ''] = words
  const last = words.length > 1 ? words.at(-1) : undefined
  return last ? `${first} ${[...last][0]}.` : first
}

/** Where two would read the same, their whole names: nobody must take another's seat by mistake. */
export function shortNames<T extends { name: string }>(people: readonly T[]): T[] {
  const times = new Map<string, number>()
  for (const { name } of people) times.set(shortName(name), (times.get(shortName(name)) ?? 0) + 1)
  return people.map((person) => ({
    ...person,
    name: times.get(shortName(person.name)) === 1 ? shortName(person.name) : person.name,
  }))
}
