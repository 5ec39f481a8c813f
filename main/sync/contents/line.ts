import { Unreachable } from '../wire.ts'
import { largestChunk } from './wire.ts'

/** What is learnt of the way while contents go over it. */
export interface ContentLine {
  /** Bytes that go at once: halved by every cut, doubled by all that arrives. */
  chunk: number
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>
  /** Whether something else goes first now. */
  isOver: () => boolean
}

const smallestChunk = 16 * 1024
const firstChunk = 64 * 1024
/** Tries that bring nothing, before this content is left for later. */
const triesWithoutProgress = 4
const busyMs = 1_000

export function contentLine(over: Pick<ContentLine, 'wait' | 'isOver'>): ContentLine {
  return { chunk: firstChunk, ...over }
}

/** Rows go first, or the program ends: what has arrived is kept, and the rest goes on later. */
export class Interrupted extends Error {
  override name = 'Interrupted'
}

/**
 * Asks again after a cut, for less, and after a pause where the centre has too much to do.
 *
 * @throws {Unreachable | Interrupted}
 */
export async function persistently<T>(line: ContentLine, once: (chunk: number) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    if (line.isOver()) throw new Interrupted()
    try {
      const result = await once(line.chunk)
      line.chunk = Math.min(largestChunk, line.chunk * 2)
      return result
    } catch (error) {
      const isBusy = error instanceof Unreachable && error.cause === 'busy'
      const isCut = error instanceof Unreachable && typeof error.cause !== 'string'
      if (!(isBusy || isCut) || tries >= triesWithoutProgress) throw error
      if (isCut) line.chunk = Math.max(smallestChunk, Math.floor(line.chunk / 2))
      await line.wait(isBusy ? busyMs * tries : 250 * 2 ** tries)
    }
  }
}
