import { setImmediate as turn } from 'node:timers/promises'
import type { Envelope, PushReply, Transport } from '../wire.ts'

/** Sends one envelope, and says when all of it is on the line. */
type PushOnce = (envelope: Envelope, onSent: () => void) => Promise<PushReply>

export interface OneAhead {
  push: Transport['push']
  /** What went ahead is nobody's any more. */
  forget(): void
}

interface Early {
  hash: string
  sent: Promise<void>
  /** Undefined where it was not taken, for whatever reason: it is sent again when its turn comes, and that answer counts. */
  taken: Promise<PushReply | undefined>
}

/**
 * The next envelope is on the line while the centre still has this one, which it takes in their order: it reads the one while
 * it writes the other. Whether the next was taken is heard in its turn only.
 */
export function oneAhead(pushOnce: PushOnce): OneAhead {
  let early: Early | undefined

  function sendEarly(envelope: Envelope): Early {
    const sent = Promise.withResolvers<void>()
    const taken = pushOnce(envelope, sent.resolve).then(
      (reply) => (reply.status === 'ok' || reply.status === 'duplicate' ? reply : undefined),
      () => undefined,
    )
    void taken.then(() => sent.resolve())
    return { hash: envelope.hash, sent: sent.promise, taken }
  }

  async function follow(sent: Promise<void>, ahead: (() => Envelope | undefined) | undefined) {
    await onTheLine(sent)
    const next = ahead?.()
    if (next) early = sendEarly(next)
  }

  return {
    async push(envelope, ahead) {
      const before = early?.hash === envelope.hash ? early : undefined
      early = undefined
      const sent = Promise.withResolvers<void>()
      const inTurn = () => pushOnce(envelope, sent.resolve)
      const reply = before ? before.taken.then((taken) => taken ?? inTurn()) : inTurn()
      const [heard] = await Promise.all([reply, follow(before ? before.sent : sent.promise, ahead)])
      return heard
    },
    forget() {
      early = undefined
    },
  }
}

/** What is handed over goes out with the next turn: whoever writes to the database in this one would hold it back. */
export async function onTheLine(sent: Promise<void>) {
  await sent
  await turn()
}
