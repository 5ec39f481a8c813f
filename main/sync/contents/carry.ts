import { comesByItself } from '../../../shared/contract/sync.ts'
import type { Clock } from '../../clock.ts'
import { ownMembership } from '../membership.ts'
import type { Replica } from '../replica.ts'
import { Unreachable } from '../wire.ts'
import { fetchContent } from './fetch.ts'
import { type ContentLine, Interrupted, persistently } from './line.ts'
import {
  isContentHere,
  isStillNamed,
  noteAtCentre,
  noteContents,
  noteHere,
  noteLost,
  noteProblem,
  type OpenContent,
  openContents,
} from './notes.ts'
import { type Carrier, sendContent } from './send.ts'
import { type ContentWay, type HaveReply, mostAsked } from './wire.ts'

export interface CarryOptions {
  replica: Replica
  way: ContentWay
  line: ContentLine
  clock: Clock
  /** Bytes that are free on the disk of the database. */
  freeBytes: () => number
  at?: (point: string) => void
}

/** Bytes of the disk that contents leave alone, as a file that somebody brings does. */
const leftFree = 512 * 1024 ** 2
/** Contents in a row at which the line broke, before all of them are left for the next round. */
const brokenInARow = 3

/** `interrupted`: something goes first, and more is to be carried. `away`: the line does not carry any. */
export type Carried = 'done' | 'interrupted' | 'away'

interface Carrying extends Required<CarryOptions>, Carrier {
  broken: number
}

/**
 * Carries contents of documents to the centre and from it, behind the rows that name them. One after the other, small ones
 * first; whatever is wrong with one of them stops none of the others. A kill anywhere costs one chunk.
 */
export async function carryContents(options: CarryOptions): Promise<Carried> {
  const carrying: Carrying = { at: () => {}, ...options, broken: 0 }
  const { replica, clock } = carrying
  const { organizationId } = ownMembership(replica)
  noteContents(replica, organizationId)
  const isOfAll = replica.prepared<string>('SELECT scope FROM sync_state').pluck().get() === 'organization'
  const byItself = isOfAll ? Number.MAX_SAFE_INTEGER : comesByItself
  try {
    for (;;) {
      const open = openContents(replica, clock.now().toISOString(), byItself, mostAsked)
      if (open.length === 0) return 'done'
      await carryAll(carrying, open)
    }
  } catch (error) {
    if (error instanceof Interrupted) return 'interrupted'
    if (error instanceof Unreachable) return 'away'
    throw error
  }
}

async function carryAll(carrying: Carrying, open: readonly OpenContent[]) {
  const { way, line, replica, clock } = carrying
  const { contents } = await persistently(line, () => way.have({ paths: open.map(({ path }) => path) }))
  for (const [place, content] of open.entries()) {
    const known = contents[place]
    if (!known) throw new Unreachable('The centre left out a content that it was asked about.')
    try {
      await (content.isHere ? send(carrying, content, known) : fetch(carrying, content, known))
      carrying.broken = 0
    } catch (error) {
      if (!isOfThisContent(error)) throw error
      noteProblem(replica, content, isFull(error) ? 'diskFull' : 'line', clock.now())
      carrying.broken += 1
      if (carrying.broken >= brokenInARow) throw error
    }
  }
}

async function send(carrying: Carrying, content: OpenContent, known: HaveReply['contents'][number]) {
  const { replica, clock, at } = carrying
  const sent = await sendContent(carrying, content.path, known)
  if (sent === 'ok') noteAtCentre(replica, content.path)
  else if (sent === 'lost') noteLost(replica, content.path)
  else noteProblem(replica, content, sent, clock.now())
  at('sent')
}

async function fetch(carrying: Carrying, content: OpenContent, known: HaveReply['contents'][number]) {
  const { replica, clock, freeBytes, at } = carrying
  const { path, size } = content
  // Somebody has brought the same file in meanwhile.
  if (isContentHere(replica, path)) return noteHere(replica, path)
  if (known.state !== 'whole') return noteProblem(replica, content, known.state, clock.now())
  if (size + leftFree > freeBytes()) return noteProblem(replica, content, 'diskFull', clock.now())
  const fetched = await fetchContent(carrying, path)
  if (fetched === 'ok') {
    noteHere(replica, path)
    noteAtCentre(replica, path)
  } else if (isStillNamed(replica, path)) {
    noteProblem(replica, content, fetched === 'gone' ? 'line' : fetched, clock.now())
  }
  at('fetched')
}

/** What the gateway says of a whole device, such as that it was shut out, holds for every other content too. */
function isOfThisContent(error: unknown): boolean {
  if (!(error instanceof Unreachable)) return isFull(error)
  return typeof error.cause !== 'string' || ['tooLarge', 'unreadable', 'failed'].includes(error.cause)
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL'
}
