import { type CentreClient, organizationNamed } from '../../centre/enrolment.ts'
import { type MovePreview, moveBack, moveBeneficiary, personNamed, previewMove } from '../../centre/move.ts'
import {
  crossBack,
  type Destination,
  lateWritings,
  moveToOrganization,
  previewCrossing,
} from '../../centre/move-organization.ts'
import type { Options } from '../catalog.ts'
import { required, wholeNumber } from '../options.ts'
import { counted, crossingInWords, lateInWords } from './crossing-words.ts'
import { atCentre, databaseUrl } from './database.ts'

/** Gives a person to another trainer or another organization, or says what that would do or what came too late, or takes it back. */
export async function centreMove(options: Options) {
  const url = databaseUrl(options)
  if (options.undo !== undefined) {
    const move = wholeNumber(options, 'undo', 1, Number.MAX_SAFE_INTEGER)
    await atCentre(url, async (client) => {
      if (!(await crossBack(client, move))) await moveBack(client, move)
    })
    process.stdout.write('Moved back. Devices hear of it when they are next in touch.\n')
    return
  }
  if (options.late !== undefined) {
    const move = wholeNumber(options, 'late', 1, Number.MAX_SAFE_INTEGER)
    const writings = await atCentre(url, (client) => lateWritings(client, move))
    process.stdout.write(`${lateInWords(writings).join('\n')}\n`)
    return
  }
  const [organization, wanted] = [required(options, 'organization'), required(options, 'person')]
  const there = options['to-organization']
  const trainer = there === undefined ? required(options, 'to') : options.to
  await atCentre(url, async (client) => {
    const person = await personNamed(client, await organizationNamed(client, organization), wanted)
    const { words, go } =
      there === undefined
        ? await toTrainer(client, person.id, trainer ?? '')
        : await toOrganization(client, person.id, {
            organizationId: await organizationNamed(client, there),
            trainer: trainer ?? null,
          })
    process.stdout.write(`${words.join('\n')}\n`)
    if (options.preview === 'yes') return
    process.stdout.write(`Moved. To take it back: centre move --undo ${await go()}\n`)
  })
}

interface Move {
  words: string[]
  /** The number that takes it back. */
  go(): Promise<number>
}

async function toTrainer(client: CentreClient, personId: number, trainer: string): Promise<Move> {
  const words = inWords(await previewMove(client, personId, trainer))
  return { words, go: () => moveBeneficiary(client, personId, trainer) }
}

async function toOrganization(client: CentreClient, personId: number, destination: Destination): Promise<Move> {
  const words = crossingInWords(await previewCrossing(client, personId, destination))
  return { words, go: () => moveToOrganization(client, personId, destination) }
}

function inWords({ person, from, to, rows, leaves, comes }: MovePreview): string[] {
  return [
    `${person} goes from ${from ?? 'nobody'} to ${to}.`,
    `With them: ${counted(rows)}.`,
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
