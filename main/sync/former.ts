import { endFormer, partFromCopy, type Random, takeOver } from './lives.ts'
import { ownMembership } from './membership.ts'
import { acknowledge, goBackTo, hashOf, isOutboxWhole, nextToPush } from './outbox.ts'
import type { Replica } from './replica.ts'
import type { PushReply, Transport } from './wire.ts'

interface Bringing {
  replica: Replica
  transport: Transport
  random: Random
  now(): string
  at(point: string): void
}

/** In one round: each is answered by something else, and a centre to which nothing is an answer must not be asked for ever. */
const mostForks = 20

/**
 * Sends what the life before this one had sealed, in its name, before anything else: where that has sent it, the centre knows
 * it by its hash; where a copy of its disk has sent something else in its place, what it says moves out of the way.
 */
export async function bringFormer({ replica, transport, random, now, at }: Bringing) {
  let forks = 0
  while (ownMembership(replica).former !== null) {
    const next = nextToPush(replica)
    if (!next) {
      endFormer(replica)
      at('former brought')
      continue
    }
    at('before push')
    const { number, ...envelope } = next
    const reply = await transport.push(envelope, () => nextToPush(replica, number))
    at('after push')
    const { status } = reply
    if (status === 'invalid') return 'stuck'
    if (status === 'upgrade' || status === 'revoked') return status
    if (status === 'fork') {
      forks += 1
      if (forks > mostForks) return 'stuck'
      followFork(replica, number, reply, random)
      at('former parted')
    } else {
      acknowledge(replica, number, reply.refused, now())
      at('acknowledged')
    }
  }
  return 'ok'
}

/** A centre that was itself restored has fewer envelopes than it had acknowledged; otherwise it has another one in this place. */
function followFork(replica: Replica, number: number, { acknowledged, chain }: PushReply, random: Random) {
  const here = hashOf(replica, acknowledged)
  if (acknowledged >= number - 1 || (here !== undefined && here !== chain)) partFromCopy(replica, random)
  else if (here === chain && isOutboxWhole(replica, acknowledged)) goBackTo(replica, acknowledged, chain)
  else takeOver(replica)
}
