/** Columns with free text: what is written to them is told apart from everything else that was ever written. */
const traced = new Set([
  'action',
  'answer',
  'code',
  'comment',
  'content',
  'description',
  'email',
  'error_message',
  'filename',
  'flags',
  'location',
  'name',
  'note',
  'notes',
  'override_reason',
  'phone',
  'reason',
  'text',
  'title',
  'value',
])

const shape = /zq[a-z]-[0-9a-z]+/g

export function isTraced(column: string): boolean {
  return traced.has(column)
}

/** A token in the form that its column takes. */
export function written(column: string, token: string): string {
  if (column === 'email') return `${token}@x.example`
  return column === 'flags' ? JSON.stringify([token]) : token
}

export function tokensIn(text: string): string[] {
  return text.match(shape) ?? []
}

export function tokenIn(value: unknown): string | undefined {
  return typeof value === 'string' ? tokensIn(value)[0] : undefined
}
