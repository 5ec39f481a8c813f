import { cursorAtParting, partFromCopy, type Random } from './lives.ts'
import { ownMembership } from './membership.ts'
import { acknowledge, nextToPush } from './outbox.ts'
import { unpacked } from './packed.ts'
import type { Replica } from './replica.ts'
import { type RowState, writtenIn } from './state.ts'
import type { PullReply, PullRequest, Transport } from './wire.ts'

interface Parting {
  replica: Replica
  transport: Transport
  random: Random
  /** Rows that are asked for at once. */
  pullRows: number
  now(): string
  at(point: string): void
}

/**
 * The centre goes on from another envelope of this site than the last one here, since a copy of the disk was first there. Asks
 * what of the past it has that both had, and parts with the rest. `arrived`: the number of its last envelope.
 *
 * @throws {NoSpareSite}
 * @throws {Unreachable}
 */
export async function partFromOther(parting: Parting, arrived: number) {
  await hearOfArrived(parting, arrived)
  partFromCopy(parting.replica, parting.random, await sentByTheOther(parting))
}

/** What was sealed before the disk was copied may have arrived though nobody here heard so: then it is not written anew. */
async function hearOfArrived({ replica, transport, now, at }: Parting, through: number) {
  for (let next = nextToPush(replica); next && next.number <= through; next = nextToPush(replica)) {
    at('before push')
    const { number, ...envelope } = next
    const { status, refused } = await transport.push(envelope)
    at('after push')
    if (status !== 'ok' && status !== 'duplicate') return
    acknowledge(replica, number, refused, now())
    at('acknowledged')
  }
}

/** What the centre has of the other copy since they parted; a kiosk does not get all that its rows say. */
async function sentByTheOther({ replica, transport, pullRows, at }: Parting): Promise<RowState[]> {
  const { site, scope } = ownMembership(replica)
  const theirs: RowState[] = []
  if (scope === 'kiosk') return theirs
  const isTheirs = (state: RowState) => Object.hasOwn(writtenIn(state), site)
  let next: PullRequest | undefined = { cursor: cursorAtParting(replica), upto: null, limit: pullRows, own: true }
  while (next) {
    at('before pull')
    const reply: PullReply = await transport.pull(next)
    at('after pull')
    theirs.push(...[...reply.packed.flatMap(unpacked), ...reply.rows].filter(isTheirs))
    next = reply.hasMore ? { ...next, cursor: reply.cursor, upto: reply.upto } : undefined
  }
  return theirs
}
