import { statementsOf, wordsOf } from '../../main/database/statements.ts'

/** What every machine makes anew from other rows, for itself: nobody misses what a step takes out of these. */
const madeAnew = /^(?:PEOPLE_INDEX|PEOPLE_KEYS|MESSAGE_TEXTS)$/

/**
 * Statements of a step that take something away from machines that still run the version before: they go on sending the
 * old columns, and must find what they know. A trigger, an index or a view may be dropped if the step makes it again.
 */
export function notAdditive(step: string): string[] {
  const statements = statementsOf(step).map((text) => ({ text, words: wordsOf(text) }))
  const made = new Set(statements.flatMap(({ words }) => madeBy(words) ?? []))
  const dropped = new Set(statements.flatMap(({ words }) => droppedBy(words) ?? []))
  return statements.filter(({ words }) => !isAdditive(words, made, dropped)).map(({ text }) => text)
}

function isAdditive(words: string[], made: Set<string>, dropped: Set<string>): boolean {
  switch (words[0]) {
    case 'INSERT':
    case 'UPDATE':
    case 'GRANT':
      return true
    case 'DELETE':
      return words[1] === 'FROM' && madeAnew.test(words[2] ?? '')
    case 'CREATE':
      return !isUniqueIndex(words) || made.has(`TABLE ${tableOf(words)}`) || dropped.has(madeBy(words) ?? '')
    case 'DROP':
      return made.has(droppedBy(words) ?? '')
    case 'ALTER':
      return addsHarmlessColumn(words) || turnsOnRowSecurity(words)
    default:
      return false
  }
}

/** `INDEX IDX_USERS_EMAIL`, for a statement that makes one. */
function madeBy(words: string[]): string | undefined {
  return words[0] === 'CREATE' ? kindAndName(words) : undefined
}

function droppedBy(words: string[]): string | undefined {
  const thing = words[0] === 'DROP' ? kindAndName(words) : undefined
  return thing && /^(?:TRIGGER|INDEX|VIEW|FUNCTION|POLICY) /.test(thing) ? thing : undefined
}

function kindAndName(words: string[]): string {
  const at = words.findIndex((word) => /^(?:TABLE|INDEX|TRIGGER|VIEW|FUNCTION|POLICY|SCHEMA|TYPE)$/.test(word))
  const name = words.slice(at + 1).find((word) => !/^(?:IF|NOT|EXISTS|CONCURRENTLY)$/.test(word))
  return `${words[at]} ${name?.replaceAll('"', '')}`
}

function isUniqueIndex(words: string[]) {
  return words[1] === 'UNIQUE'
}

function tableOf(words: string[]) {
  return words[words.indexOf('ON') + 1]?.replaceAll('"', '')
}

/** An old machine leaves the column out, so it must be able to stay empty or fill itself. */
function addsHarmlessColumn(words: string[]) {
  if (words[1] !== 'TABLE' || words[3] !== 'ADD' || words[4] !== 'COLUMN') return false
  const mustBeGiven = words.join(' ').includes('NOT NULL') && !words.includes('DEFAULT')
  return !mustBeGiven && !words.includes('UNIQUE') && !words.includes(',')
}

function turnsOnRowSecurity(words: string[]) {
  return /^ALTER TABLE \S+ (?:ENABLE|FORCE) ROW LEVEL SECURITY$/.test(words.join(' '))
}
