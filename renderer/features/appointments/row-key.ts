/** What tells one appointment from another, also in the name of its form: of a series, the row and the place. */
export function rowKey({ id, occurrence }: { id: number; occurrence: number | null }): string {
  return occurrence === null ? String(id) : `${id}.${occurrence}`
}

/** What of the address is about the panel alone. */
export const noPanel = { at: undefined, event: undefined, occurrence: undefined }

/** The address of one appointment beside the calendar as it stands. */
export function panelOf({ id, occurrence }: { id: number; occurrence: number | null }) {
  return {
    to: '/calendar/$id',
    params: { id },
    search: (before: object) => ({ ...before, ...noPanel, occurrence: occurrence ?? undefined }),
  } as const
}

/** The same for one of a series, whether it has a row of its own by now or not. */
export function placeKey({
  id,
  seriesId,
  occurrence,
}: {
  id: number
  seriesId: number | null
  occurrence: number | null
}): string {
  return rowKey({ id: seriesId ?? id, occurrence })
}
