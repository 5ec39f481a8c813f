/**
 * A block in the spelling that the parser reads. It wants a backslash before every control character, even where the
 * character cannot mean anything but itself, and knows fewer ways to write numbers than authors and Moodle do.
 */
export function spelledForParser(block: string): string {
  const { head, answers, tail } = partsOf(block)
  if (answers === undefined) return spelledHead(block)
  return `${spelledHead(head)}{${spelledAnswers(answers)}}${escaped(tail, '=~#:')}`
}

/** Pictures inside the file are dropped anyway, and one of them can be longer than all the questions. */
export function withoutEmbeddedImages(block: string): string {
  return block.replace(/data\\?:image\/[\w.+-]+;base64,[\w+/\\=]+/g, 'data\\:,')
}

/** `{#}` or `{=~}`: braces with signs and nothing behind them. `{}` alone is an essay. */
export function hasEmptyAnswers(block: string): boolean {
  return /(?<!\\)\{\s*[=~#][\s=~#]*\}/.test(block)
}

interface Parts {
  head: string
  /** What stands between the first pair of braces; undefined without one. */
  answers?: string
  tail: string
}

function partsOf(block: string): Parts {
  const braces = [...block.matchAll(/\\.|[{}]/gs)].filter(([found]) => found.length === 1)
  const open = braces.find(([brace]) => brace === '{')?.index
  const close = braces.find(({ 0: brace, index }) => brace === '}' && open !== undefined && index > open)?.index
  if (open === undefined || close === undefined) return { head: block, tail: '' }
  return { head: block.slice(0, open), answers: block.slice(open + 1, close), tail: block.slice(close + 1) }
}

function spelledHead(head: string): string {
  const name = /^\s*::((?:\\.|[^\\])*?)::/s.exec(head)
  if (!name) return escaped(head, '=~#:')
  return `::${escaped(name[1] ?? '', '=~#:')}::${escaped(head.slice(name[0].length), '=~#:')}`
}

function spelledAnswers(answers: string): string {
  const end = answers.lastIndexOf('####')
  const generalFeedback = end < 0 ? '' : `####${escaped(answers.slice(end + 4), '=~#:')}`
  const choices = end < 0 ? answers : answers.slice(0, end)
  return (/^\s*#/.test(choices) ? `#${spelledNumbers(choices)}` : spelledChoices(choices)) + generalFeedback
}

function spelledChoices(choices: string): string {
  const spelled = escaped(choices, ':').replace(/([=~]\s*%-?\d+),(\d+%)/g, '$1.$2')
  return isMatching(spelled) ? spelled : spelled.replaceAll('->', hiddenArrow)
}

/** The parser takes every arrow for a pair. Stands for one that is only an arrow. */
const hiddenArrow = '-\ue001>'

export function withArrows(text: string): string {
  return text.replaceAll(hiddenArrow, '->')
}

/** Pairs have an arrow each, no wrong answers and no feedback of their own. */
function isMatching(choices: string): boolean {
  const signs = choices.match(/\\.|[=~#]|->/gs)?.filter((sign) => !sign.startsWith('\\')) ?? []
  const isPaired = signs.every((sign, index) => sign === (index % 2 === 0 ? '=' : '->'))
  return isPaired && signs.length > 0 && signs.length % 2 === 0
}

/** `3:2 ~#wrong` becomes `=3:2~#wrong`: the first answer may go without its sign. */
function spelledNumbers(choices: string): string {
  const numbers = choices.trim().slice('#'.length)
  const pieces = numbers.match(/[=~]|(?:\\.|[^\\=~])+/gs)?.filter((piece) => piece.trim() !== '') ?? []
  if (pieces.length === 0) return ''
  const isSigned = pieces[0] === '=' || pieces[0] === '~'
  return (isSigned ? '' : '=') + pieces.map(spelledNumber).join('')
}

/** Spaces, decimal commas, true minus signs and a missing leading zero, as in `− ,5`, and `*` for any number. */
function spelledNumber(piece: string): string {
  const hash = piece.indexOf('#')
  const number = hash < 0 ? piece : piece.slice(0, hash)
  const feedback = hash < 0 ? '' : `#${escaped(piece.slice(hash + 1), '#:')}`
  const plain = number
    .replace(/\s+/g, '')
    .replace(/^(%[^%]*%)?\*$/, '$1')
    .replace(/\u2212/g, '-')
    .replace(/,/g, '.')
    .replace(/(?<![\d.])\.(?=\d)/g, '0.')
  return plain + feedback
}

function escaped(text: string, controls: string): string {
  return text.replace(/\\.|[=~#:]/gs, (found) => (controls.includes(found) ? `\\${found}` : found))
}
