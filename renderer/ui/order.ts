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

/** The columns that somebody has not left out. The first one always stays. */
export function shownColumns<Row>(columns: Column<Row>[], hide: readonly string[] = []): Column<Row>[] {
  return columns.filter(({ id }, index) => index === 0 || !hide.includes(id))
}
