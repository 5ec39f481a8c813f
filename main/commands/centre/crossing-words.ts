import type { CrossingPreview, LateWriting } from '../../centre/move-organization.ts'

/** What going to another organization does, for whoever is about to do it. */
export function crossingInWords({
  person,
  from,
  to,
  trainer,
  goes,
  stays,
  results,
  leaves,
  comes,
}: CrossingPreview): string[] {
  return [
    `${person} goes from ${from} to ${to}, ${trainer === null ? 'to no trainer yet' : `to ${trainer}`}.`,
    `With them: ${counted(goes)}.`,
    ...(Object.keys(stays).length === 0
      ? []
      : [`These stay, at the centre alone and on no device, until the person comes back: ${counted(stays)}.`]),
    ...(results.length === 0
      ? []
      : [
          `So their results stay at what others are given too: ${results.map((title) => `"${title}"`).join(', ')}. For ${to} to read them, let somebody of ${from} do this before: in the file of the person, "Open the whole report", "Save as a file", and add that file to the documents of the person, which go along.`,
        ]),
    leaves.length > 0
      ? `They go from every device of ${from} when it is next in touch: ${leaves.join(', ')}. What was written there until then is not taken: who wrote it is told so, and --late shows it to you.`
      : `No device of ${from} has them.`,
    `${comes.length > 0 ? `They come to: ${comes.join(', ')}` : `No device of ${to} gets them yet`}.`,
    'Messages stay with those who wrote or got them, and no longer name the person. Nor does the log of what was done there.',
    'Administrators of both find it under the bell, and so does whoever has them now or gets them.',
  ]
}

/** Rows by table, as a list. */
export function counted(rows: Record<string, number>): string {
  return Object.entries(rows)
    .map(([table, count]) => `${count} ${table.replaceAll('_', ' ')}`)
    .sort()
    .join(', ')
}

/** What was written of somebody in the organization before, a line for each row. */
export function lateInWords(writings: readonly LateWriting[]): string[] {
  if (writings.length === 0) return ['Nothing has come about them since.']
  return writings.map(({ machine, receivedAt, table, id, values }) => {
    const said = Object.entries(values ?? {}).map(([column, value]) => `${column} ${JSON.stringify(value)}`)
    return `${receivedAt} ${machine}: ${table.replaceAll('_', ' ')} ${id}: ${values === null ? 'taken out' : said.join(', ')}`
  })
}
