import { expect, it } from 'vitest'
import { oneAhead } from '../../../main/sync/transports/one-ahead.ts'
import { type Envelope, type PushReply, Unreachable } from '../../../main/sync/wire.ts'

const envelope = (hash: string): Envelope => ({ head: '', body: '', hash, signature: '' })
const told = (status: PushReply['status']): PushReply => ({ status, acknowledged: 0, chain: '', head: 0, refused: [] })

/** A line that keeps every envelope until it is answered. */
function line() {
  const sent: string[] = []
  const waiting: { hash: string; answer: PromiseWithResolvers<PushReply> }[] = []
  const way = oneAhead(({ hash }, onSent) => {
    const answer = Promise.withResolvers<PushReply>()
    sent.push(hash)
    waiting.push({ hash, answer })
    onSent()
    return answer.promise
  })
  async function answered(hash: string) {
    await expect.poll(() => waiting.some((one) => one.hash === hash)).toBe(true)
    const [found] = waiting.splice(
      waiting.findIndex((one) => one.hash === hash),
      1,
    )
    if (!found) throw new Error(`Nobody sent ${hash}.`)
    return found.answer
  }
  return {
    way,
    sent,
    say: async (hash: string, status: PushReply['status']) => (await answered(hash)).resolve(told(status)),
    cut: async (hash: string) => (await answered(hash)).reject(new Unreachable('The line is cut.')),
  }
}

it('sends the next envelope while the centre has this one, and only once when it is taken', async () => {
  const { way, sent, say } = line()
  const first = way.push(envelope('a'), () => envelope('b'))
  await expect.poll(() => sent).toEqual(['a', 'b'])
  await say('b', 'ok')
  await say('a', 'ok')
  expect(await first).toMatchObject({ status: 'ok' })
  expect(await way.push(envelope('b'))).toMatchObject({ status: 'ok' })
  expect(sent).toEqual(['a', 'b'])
})

it('sends in its turn what was not taken ahead of it, and tells what was said then', async () => {
  const { way, sent, say, cut } = line()
  const first = way.push(envelope('a'), () => envelope('b'))
  await say('b', 'fork')
  await say('a', 'ok')
  await first
  const second = way.push(envelope('b'), () => envelope('c'))
  await cut('c')
  await say('b', 'ok')
  expect(await second).toMatchObject({ status: 'ok' })
  const third = way.push(envelope('c'))
  await say('c', 'upgrade')
  expect(await third).toMatchObject({ status: 'upgrade' })
  expect(sent).toEqual(['a', 'b', 'b', 'c', 'c'])
})

it('says that nobody answered although what went ahead was taken, and forgets that after a hello', async () => {
  const { way, sent, say, cut } = line()
  const first = way.push(envelope('a'), () => envelope('b'))
  await expect.poll(() => sent).toEqual(['a', 'b'])
  await Promise.all([expect(first).rejects.toThrow('The line is cut.'), say('b', 'ok'), cut('a')])
  way.forget()
  const again = way.push(envelope('b'))
  await say('b', 'duplicate')
  expect(await again).toMatchObject({ status: 'duplicate' })
  expect(sent).toEqual(['a', 'b', 'b'])
})
