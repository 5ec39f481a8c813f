/** The first letters of the first and the last word of a name; one letter where letters join and two would read as a word. */
export function initialsOf(name: string): string {
  const letters = name.split(/\s+/u).flatMap((word) => /\p{L}/u.exec(word.normalize('NFC'))?.[0] ?? [])
  const [first = '', ...others] = letters
  return /\p{Script=Arabic}/u.test(first) ? first : (first + (others.at(-1) ?? '')).toUpperCase()
}
