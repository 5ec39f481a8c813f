/** A stretch of a text: words, or the LaTeX of a formula in the line or on a line of its own. */
export interface TextPart {
  kind: 'words' | 'inline' | 'display'
  text: string
}

/** Source: the delimiters of LaTeX, which the contract of questions names. Lazy, so that a formula ends at the first end. */
const formula = /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]/g

/** Splits a text at its formulas. A formula that is not closed, or has nothing in it, stays words. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(formula)) {
    const [whole, inline, display] = match
    const tex = (inline ?? display ?? '').trim()
    if (tex === '') continue
    if (match.index > end) parts.push({ kind: 'words', text: text.slice(end, match.index) })
    parts.push({ kind: inline === undefined ? 'display' : 'inline', text: tex })
    end = match.index + whole.length
  }
  if (end < text.length) parts.push({ kind: 'words', text: text.slice(end) })
  return parts
}

export function hasFormula(text: string): boolean {
  return partsOf(text).some(({ kind }) => kind !== 'words')
}

/** The text as one line of words, for names that hold no MathML: a formula as its source, since `5/1` would be read `51`. */
export function spokenText(text: string): string {
  return partsOf(text)
    .map((part) => part.text)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The text without its formulas. */
export function wordsOf(text: string): string {
  return text.replace(formula, ' ')
}
