/** Structures that a teacher needs most, as LaTeX; `□` stands where the next sign is typed. */
export const palette = [
  { name: 'fraction', tex: '\\frac{□}{□}' },
  { name: 'power', tex: '□^{□}' },
  { name: 'index', tex: '□_{□}' },
  { name: 'root', tex: '\\sqrt{□}' },
  { name: 'sum', tex: '\\sum_{□}^{□} □' },
  { name: 'integral', tex: '\\int_{□}^{□} □ \\,dx' },
  { name: 'brackets', tex: '\\left( □ \\right)' },
  { name: 'times', tex: '\\times ' },
  { name: 'plusMinus', tex: '\\pm ' },
  { name: 'atMost', tex: '\\le ' },
  { name: 'notEqual', tex: '\\ne ' },
  { name: 'pi', tex: '\\pi ' },
  { name: 'degrees', tex: '^{\\circ}' },
  { name: 'vector', tex: '\\vec{□}' },
  { name: 'matrix', tex: '\\begin{pmatrix} □ & □ \\\\ □ & □ \\end{pmatrix}' },
  { name: 'words', tex: '\\text{□}' },
] as const

export interface Written {
  text: string
  /** What is selected afterwards. */
  from: number
  to: number
}

/** Writes a structure in place of what is selected, which goes into its first gap; the next gap is selected then. */
export function withStructure(text: string, selection: { from: number; to: number }, structure: string): Written {
  const selected = text.slice(selection.from, selection.to).replaceAll('□', '')
  const filled = selected === '' ? structure : structure.replace('□', () => selected)
  const whole = text.slice(0, selection.from) + filled + text.slice(selection.to)
  const gap = filled.indexOf('□')
  const from = selection.from + (gap < 0 ? filled.length : gap)
  return { text: whole, from, to: gap < 0 ? from : from + 1 }
}

/** Puts words where the cursor is, with a space on either side where they would touch a letter. */
export function withInsertion(text: string, { from, to }: { from: number; to: number }, inserted: string): string {
  const before = text.slice(0, from)
  const after = text.slice(to)
  return `${before}${/\S$/.test(before) ? ' ' : ''}${inserted}${/^\p{L}/u.test(after) ? ' ' : ''}${after}`
}
