/** What a line of an Aiken file is. */
export type AikenLine =
  | { kind: 'text'; text: string }
  | { kind: 'option'; letter: string; text: string }
  | { kind: 'answer'; text: string }

/** What our own files put before a text that would be taken for an option: a space of no width. */
export const guard = '\u200b'

/** Small letters count only where the next option is due, since texts may begin with one. */
export function aikenLine(line: string, nextLetter: string): AikenLine {
  const written = line.trim()
  const answer = /^ANSWER\s*[:：]\s*(.*)$/is.exec(written)
  if (answer) return { kind: 'answer', text: answer[1] ?? '' }
  const [, letter = '', text = ''] = /^([A-Z])[.)]\s*(.*)$/is.exec(written) ?? []
  const isOption = letter !== '' && (letter === letter.toUpperCase() || letter.toUpperCase() === nextLetter)
  if (isOption) return { kind: 'option', letter: letter.toUpperCase(), text }
  return { kind: 'text', text: isGuarded(written) ? written.slice(guard.length) : written }
}

/** Whether a question may not begin like this without the guard. */
export function needsGuard(text: string): boolean {
  return /^\u200b*(?:[A-Z][.)]|ANSWER\s*[:：])/i.test(text)
}

function isGuarded(text: string): boolean {
  return text.startsWith(guard) && needsGuard(text)
}
