const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|\w+|\s+|[^\s\w]/g
const comment = /^(?:--|\/\*)/

/** The statements of a migration, without the semicolon at their end. Reads the SQL of both dialects. */
export function statementsOf(sql: string): string[] {
  const statements: string[] = []
  let text = ''
  for (const [part] of sql.matchAll(token)) {
    if (part !== ';' || isInTriggerBody(text)) {
      text += part
      continue
    }
    statements.push(text.trim())
    text = ''
  }
  if (wordsOf(text).length > 0) throw new Error(`A statement has no semicolon at its end: ${text.trim()}`)
  return statements
}

/** Names, numbers, strings and signs of a statement in upper case, without spaces and comments. */
export function wordsOf(statement: string): string[] {
  return Array.from(statement.matchAll(token), ([part]) => part.toUpperCase()).filter(
    (part) => part.trim() !== '' && !comment.test(part),
  )
}

/** A trigger of SQLite holds statements between BEGIN and END; only an END right after a semicolon closes it. */
function isInTriggerBody(text: string): boolean {
  const words = wordsOf(text)
  const isTrigger = words[0] === 'CREATE' && words.slice(1, 3).includes('TRIGGER')
  if (!isTrigger || !words.includes('BEGIN')) return false
  return !(words.at(-1) === 'END' && words.at(-2) === ';')
}
