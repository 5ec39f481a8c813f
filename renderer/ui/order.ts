import type { Column } from './columns.ts'

/** Whether the rows go up or down by a column, as `aria-sort` says it. */
export function directionOf(order: string | undefined, id: string): 'ascending' | 'descending' | 'none' {
  if (order === id) return 'ascending'
  return order === `-${id}` ? 'descending' : 'none'
}

/** What a press on the head of a column asks for: up, then down, then as it was. */
export function nextOrder(order: string | undefined, id: string): string | undefined {
  if (order === id) return `-${id}`
  return order === `-${id}` ? undefined : id
}

/** Rows that are all here, by the column that `order` names; what says nothing comes last. */
export function inOrder<Row>(rows: Row[], columns: Column<Row>[], order: string | undefined): Row[] {
  const value = columns.find(({ id }) => order === id || order === `-${id}`)?.sortBy
  if (!value) return rows
  const sign = order?.startsWith('-') ? -1 : 1
  const collator = new Intl.Collator(undefined, { numeric: true })
  return rows.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)))
  })
}

/** How somebody wants the columns of a list. */
export interface ColumnChoice {
  hide?: readonly string[] | undefined
  sequence?: readonly string[] | undefined
}

/** The columns that somebody has not left out, in the order they gave them. The first one always stays, and first. */
export function shownColumns<Row>(columns: Column<Row>[], { hide = [], sequence = [] }: ColumnChoice): Column<Row>[] {
  return [...columns.slice(0, 1), ...inSequence(columns.slice(1), sequence).filter(({ id }) => !hide.includes(id))]
}

/** What a sequence does not name comes last, as it was: a column may be newer than the view. */
export function inSequence<Named extends { id: string }>(all: readonly Named[], sequence: readonly string[]): Named[] {
  const place = ({ id }: Named) => (sequence.includes(id) ? sequence.indexOf(id) : sequence.length)
  return all.toSorted((one, other) => place(one) - place(other))
}

export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const to = ids.indexOf(id) + by
  const others = ids.filter((one) => one !== id)
  return to < 0 ? [...ids] : others.toSpliced(to, 0, id)
}
