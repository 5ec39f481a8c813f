const longest = 60

/** What a question without a name is called in files whose format wants one: the beginning of its text. */
export function nameFromText(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > longest
    ? `${line
        .slice(0, longest - 1)
        .toWellFormed()
        .trimEnd()}…`
    : line
}

/** The name that the author gave, if it says more than the text does. */
export function ownName(name: string, text: string): string | undefined {
  const line = name.replace(/\s+/g, ' ').trim().slice(0, 255).toWellFormed()
  return line === '' || line === nameFromText(text) ? undefined : line
}
