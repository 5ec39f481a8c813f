import type { CentreClient } from './enrolment.ts'

/** What going to another organization does: rows by table, and the machines that give them up and get them. */
export interface CrossingPreview {
  person: string
  /** The two organizations. */
  from: string
  to: string
  /** Whose they are there. */
  trainer: string | null
  goes: Record<string, number>
  /** Kept at the centre, on no device, until the person comes back. */
  stays: Record<string, number>
  /** The assessments at which they have results that stay. */
  results: string[]
  leaves: string[]
  comes: string[]
}

/** A row that a device of the organization before wrote, and that nobody has taken. */
export interface LateWriting {
  machine: string
  receivedAt: string
  table: string
  id: number
  /** What it says and does not stand where the person is now; null where the row was taken out. */
  values: Record<string, string | number> | null
}

/** Where somebody goes: an organization, and there a trainer by the address, or nobody yet. */
export interface Destination {
  organizationId: number
  trainer: string | null
}

const problems = {
  personMissing: 'There is no such person.',
  organizationMissing: 'There is no such organization.',
  isTheirs:
    'The person belongs to this organization already: "centre move --to ADDRESS" gives them to another trainer.',
  trainerMissing: 'That organization has no trainer with this address.',
  isStaff: 'The person works here: only learners go to another organization.',
  isHeld: 'The person is under a legal hold, so nothing of theirs may go: have it lifted first, on the privacy page.',
  hasRequests: 'A request of this person for their data is open: have it answered first, on the privacy page.',
  isMerged: 'Another file was put into this one and can still be taken out again: wait until that time is over.',
  hasQuestions: 'A question about this person is open on the conflict desk: have it decided first, under Sync.',
  isSitting: 'The person has begun an assessment today: let it be handed in first, or wait a day.',
  addressTaken:
    'Somebody there has the same e-mail address: change one of the two first, and join the two files after.',
  contentsMissing: 'A file of this person has not reached the centre yet: let the device that has it send it first.',
  noRoom: 'The documents of this person do not fit there: "centre room" gives that organization more.',
} as const

/** @throws where it cannot be done, with what to do */
export async function previewCrossing(
  client: CentreClient,
  personId: number,
  { organizationId, trainer }: Destination,
): Promise<CrossingPreview> {
  const { rows } = await client.query<{ reply: CrossingPreview | { problem: keyof typeof problems } }>(
    'SELECT sync.preview_crossing($1, $2, $3) AS reply',
    [personId, organizationId, trainer],
  )
  const reply = rows[0]?.reply ?? { problem: 'personMissing' as const }
  if ('problem' in reply) throw new Error(problems[reply.problem])
  return reply
}

/** The number that takes it back. */
export async function moveToOrganization(
  client: CentreClient,
  personId: number,
  { organizationId, trainer }: Destination,
): Promise<number> {
  const { rows } = await client.query<{ reply: string | null }>(
    'SELECT sync.move_to_organization($1, $2, $3) AS reply',
    [personId, organizationId, trainer],
  )
  if (!rows[0]?.reply) throw new Error('Something about this person has changed just now: look again.')
  return Number(rows[0].reply)
}

/** Says false where the number is of no such move. @throws where it cannot be taken back, with what to do */
export async function crossBack(client: CentreClient, move: number): Promise<boolean> {
  const { rows } = await client.query<{ reply: 'done' | 'isOver' | keyof typeof problems | null }>(
    'SELECT sync.cross_back($1) AS reply',
    [move],
  )
  const reply = rows[0]?.reply ?? null
  if (reply === 'isOver') {
    throw new Error(`The move ${move} cannot be undone: it was undone already, or the person has gone on since.`)
  }
  if (reply !== null && reply !== 'done') throw new Error(problems[reply])
  return reply === 'done'
}

/** What came too late, for whoever moved the person to tell the organization where they are. */
export async function lateWritings(client: CentreClient, move: number): Promise<LateWriting[]> {
  const { rows } = await client.query<{ reply: LateWriting[] | null }>('SELECT sync.late_writings($1) AS reply', [move])
  const reply = rows[0]?.reply
  if (!reply) throw new Error(`No move to another organization has the number ${move}.`)
  return reply
}
