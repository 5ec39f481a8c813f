import type { GiftQuestion } from './gift-parser.ts'

/**
 * What stands in comments above a question: Moodle's `[tag:fire]`, and our own remarks, which Moodle passes over like
 * every comment: `[points:3] [optional] [fixed-order] [case] [accents]`.
 */
export function remarksIn(comments: readonly string[], type: GiftQuestion['type']): object {
  const remarks = comments.flatMap((comment) => [...comment.matchAll(/\[([a-z-]+)(?::((?:\\]|[^\]])*))?\]/g)])
  const said = (name: string) => remarks.some(([, word]) => word === name) || undefined
  const values = (name: string) =>
    remarks.flatMap(([, word, value]) => (word === name && value ? [unescaped(value)] : []))
  const tags = [...new Set(values('tag').map(shortened))].filter((tag) => tag !== '').slice(0, 20)
  const points = Number(values('points')[0] ?? Number.NaN)
  return {
    ...(tags.length > 0 ? { tags } : {}),
    ...(Number.isInteger(points) && points >= 0 && points <= 1000 ? { points } : {}),
    ...(said('optional') ? { required: false } : {}),
    ...(type === 'MC' ? { keepOrder: said('fixed-order') } : {}),
    ...(type === 'Short' || type === 'Numerical' ? { caseMatters: said('case'), accentsMatter: said('accents') } : {}),
  }
}

function unescaped(value: string): string {
  return value.replaceAll('\\]', ']')
}

function shortened(tag: string): string {
  return tag.replaceAll('\0', '').trim().slice(0, 50).toWellFormed().trim()
}
