import { organizationNamed } from '../../centre/enrolment.ts'
import { type MovePreview, moveBack, moveBeneficiary, personNamed, previewMove } from '../../centre/move.ts'
import type { Options } from '../catalog.ts'
import { required, wholeNumber } from '../options.ts'
import { atCentre, databaseUrl } from './database.ts'

/** Gives a person to another trainer, or says what that would do, or takes it back. */
export async function centreMove(options: Options) {
  const url = databaseUrl(options)
  if (options.undo !== undefined) {
    const move = wholeNumber(options, 'undo', 1, Number.MAX_SAFE_INTEGER)
    await atCentre(url, (client) => moveBack(client, move))
    process.stdout.write('Moved back. Devices hear of it when they are next in touch.\n')
    return
  }
  const [organization, wanted, trainer] = [
    required(options, 'organization'),
    required(options, 'person'),
    required(options, 'to'),
  ]
  await atCentre(url, async (client) => {
    const person = await personNamed(client, await organizationNamed(client, organization), wanted)
    const preview = await previewMove(client, person.id, trainer)
    process.stdout.write(`${inWords(preview).join('\n')}\n`)
    if (options.preview === 'yes') return
    const move = await moveBeneficiary(client, person.id, trainer)
    process.stdout.write(`Moved. To take it back: centre move --undo ${move}\n`)
  })
}

function inWords({ person, from, to, rows, leaves, comes }: MovePreview): string[] {
  const along = Object.entries(rows)
    .map(([table, count]) => `${count} ${table.replaceAll('_', ' ')}`)
    .sort()
  return [
    `${person} goes from ${from ?? 'nobody'} to ${to}.`,
    `With them: ${along.join(', ')}.`,
    `${to} sees them from now on${comes.length > 0 ? `, on: ${comes.join(', ')}` : '; no laptop of theirs is at this centre'}.`,
    ...(from === null
      ? []
      : [
          leaves.length > 0
            ? `They go from ${leaves.join(', ')} when it is next in touch; what ${from} wrote there until then still comes.`
            : `${from} no longer sees them.`,
          `Messages between them and ${from} stay with both.`,
        ]),
    'Administrators and computers of the whole organization keep them.',
  ]
}
