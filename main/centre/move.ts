import type { CentreClient } from './enrolment.ts'

export interface FoundPerson {
  id: number
  name: string
  trainer: string | null
}

/** What a move does: rows by table, and the laptops that get them and give them up. */
export interface MovePreview {
  person: string
  from: string | null
  to: string
  rows: Record<string, number>
  leaves: string[]
  comes: string[]
}

type Problem = 'personMissing' | 'trainerMissing' | 'isTheirs'

/** By address, whole name, or the number of the file. */
export async function personNamed(client: CentreClient, organizationId: number, wanted: string): Promise<FoundPerson> {
  const { rows } = await client.query<{ reply: FoundPerson[] }>('SELECT sync.people_named($1, $2) AS reply', [
    organizationId,
    wanted,
  ])
  const [found, ...others] = rows[0]?.reply ?? []
  if (!found)
    throw new Error(
      `Nobody of the organization is called ${JSON.stringify(wanted)}, and nobody has that address or number.`,
    )
  if (others.length > 0) {
    const numbers = [found, ...others].map(({ id, trainer }) => `${id} (${trainer ?? 'no trainer'})`)
    throw new Error(`Several people are called ${JSON.stringify(wanted)}: give the number, ${numbers.join(' or ')}.`)
  }
  return found
}

/** @throws where it cannot be done, with what to do */
export async function previewMove(client: CentreClient, personId: number, trainer: string): Promise<MovePreview> {
  const { rows } = await client.query<{ reply: MovePreview | { problem: Problem } }>(
    'SELECT sync.preview_move($1, $2) AS reply',
    [personId, trainer],
  )
  const reply = rows[0]?.reply ?? { problem: 'personMissing' as const }
  if (!('problem' in reply)) return reply
  throw new Error(
    {
      personMissing: `There is no person with the number ${personId}.`,
      trainerMissing: `The organization of this person has no trainer with the address ${JSON.stringify(trainer)}.`,
      isTheirs: 'The person is with this trainer already.',
    }[reply.problem],
  )
}

/** The number that takes it back. */
export async function moveBeneficiary(client: CentreClient, personId: number, trainer: string): Promise<number> {
  const { rows } = await client.query<{ reply: string | null }>('SELECT sync.move_beneficiary($1, $2) AS reply', [
    personId,
    trainer,
  ])
  if (!rows[0]?.reply) throw new Error('Somebody else has moved this person just now: look again.')
  return Number(rows[0].reply)
}

export async function moveBack(client: CentreClient, move: number) {
  const { rows } = await client.query<{ reply: boolean | null }>('SELECT sync.move_back($1) AS reply', [move])
  const reply = rows[0]?.reply ?? null
  if (reply === null) throw new Error(`No move has the number ${move}: "centre move" prints it when it moves somebody.`)
  if (!reply) {
    throw new Error(
      `The move ${move} cannot be undone: it was undone already, or the person has gone on to somebody else since.`,
    )
  }
}
