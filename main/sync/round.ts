import type { Clock } from '../clock.ts'
import { applyNext } from './apply.ts'
import { bringFormer } from './former.ts'
import { isInInbox, partsOfPage } from './inbox.ts'
import { beginAgain, followRollback, keepSpareSites, NoSpareSite, type Random } from './lives.ts'
import { keepNames, ofNames } from './machines.ts'
import { type Membership, membershipOf, ownMembership } from './membership.ts'
import { offerLearned } from './offer-again.ts'
import { partFromOther } from './other-copy.ts'
import { acknowledge, compared, doubtAll, forgetOld, nextToPush, throughKnown } from './outbox.ts'
import type { Replica } from './replica.ts'
import { sealNext } from './seal.ts'
import { keepOwnSite } from './site-file.ts'
import { type Slices, slicesOf } from './slices.ts'
import { takePart } from './take.ts'
import { type HelloReply, type HelloRequest, protocol, type Transport, Unreachable } from './wire.ts'

export interface RoundOptions {
  replica: Replica
  transport: Transport
  clock: Clock
  random: Random
  /** The version of this program. */
  app: string
  /** Hears of every moment at which the process may die without harm. */
  at?: (point: string) => void
  /** Rows of one transaction at most; between two of them others write. */
  writeRows?: number
  /** As long as one transaction may take, in milliseconds: then `writeRows` is only what it begins with. */
  writeMs?: number | undefined
  /** Rows that are asked for at once. */
  pullRows?: number
  /** Waits before the next transaction, so that whoever else wants to write does. */
  rest?: () => Promise<void>
  onProgress?: (progress: Progress) => void
}

export interface Progress {
  doing: 'push' | 'pull' | 'apply'
  done: number
  total: number
}

/** `revoked`, `upgrade`, `stuck`: nothing moves until a person has done something about it. */
export type Outcome = 'notEnrolled' | 'done' | 'unreachable' | 'upgrade' | 'revoked' | 'stuck'

interface Round extends Required<Omit<RoundOptions, 'writeRows' | 'writeMs'>> {
  now(): string
  /** Each step has rows of another weight. */
  slices: Record<'seal' | 'take' | 'apply', Slices>
}

/**
 * Agrees with the centre once: seal, hello, push, pull, apply. Each step is a transaction of its own and the next round
 * begins at hello, so a round that is cut off anywhere repeats only what may be repeated.
 */
export async function runRound(options: RoundOptions): Promise<Outcome> {
  const { replica, clock, writeRows = 5000, writeMs } = options
  const slices = () => slicesOf({ replica, rows: writeRows, ms: writeMs, monotonic: () => clock.monotonic() })
  const round: Round = {
    at: () => {},
    pullRows: 5000,
    rest: async () => {},
    onProgress: () => {},
    ...options,
    now: () => options.clock.now().toISOString(),
    slices: { seal: slices(), take: slices(), apply: slices() },
  }
  if (!membershipOf(round.replica)) return 'notEnrolled'
  try {
    return await inTurns(round)
  } catch (error) {
    if (error instanceof Unreachable) return 'unreachable'
    if (error instanceof NoSpareSite) return stopped(round, 'stuck')
    throw error
  }
}

/** Of the sites that a database may go on as, other copies of its disk may have taken the first: only hello tells. */
const mostTurns = 10

/** A life that ends in the middle of a round begins the next one; the centre knows of it at once. */
async function inTurns(round: Round): Promise<Outcome> {
  for (let turn = 0; turn < mostTurns; turn++) {
    round.at('round begun')
    // What is written meanwhile goes with the next round: somebody who never stops writing must not keep this one from its end.
    const { change } = ownMembership(round.replica)
    sealSlice(round, change)
    const outcome = await turnOf(round, change).catch((error) => askForSites(round, error))
    if (outcome !== 'again') return outcome
  }
  return stopped(round, 'stuck')
}

/**
 * It has had more lives than it had sites, as where a disk is put back every night, before it could ask for more of them.
 *
 * @throws {NoSpareSite} where the centre has none either
 */
async function askForSites(round: Round, error: unknown): Promise<'again'> {
  if (!(error instanceof NoSpareSite)) throw error
  const known = String(ownMembership(round.replica).spareSites)
  await greet(round)
  if (String(ownMembership(round.replica).spareSites) === known) throw error
  return 'again'
}

/** Seals the next of what was written here up to a change, and says whether there was any. */
function sealSlice(round: Round, upTo: number): boolean {
  const { replica, now } = round
  const { seal } = round.slices
  if (ownMembership(replica).sealed >= upTo) return false
  const isSealed = seal.write(() => sealNext(replica, now(), seal.rows()))
  if (isSealed) round.at('sealed')
  return isSealed
}

async function turnOf(round: Round, change: number): Promise<Outcome | 'again'> {
  const brought = await bringFormer(round)
  if (brought !== 'ok') return stopped(round, brought)
  const reply = await greet(round)
  const greeted = await followReply(round, reply)
  if (greeted !== 'ok') return greeted
  const pushed = await pushAll(round, change)
  if (pushed !== 'ok') return pushed
  if (offerLearned(round.replica, reply.tables)) {
    const offered = await pushAll(round, ownMembership(round.replica).change)
    if (offered !== 'ok') return offered
  }
  const pulled = await pullAll(round)
  if (pulled !== 'ok') return pulled
  await applyAll(round)
  round.replica.prepared(`UPDATE sync_state SET status = 'ok', last_success_at = ?`).run(round.now())
  round.at('done')
  return 'done'
}

async function greet(round: Round): Promise<HelloReply> {
  const { replica, transport, clock, app } = round
  const { site, incarnation, cursor, history, organizationId } = ownMembership(replica)
  const schema = Number(replica.connection.pragma('user_version', { simple: true }))
  const sent = clock.now().getTime()
  round.at('before hello')
  const anchor = anchorOf(replica, organizationId)
  const names = ofNames(replica)
  const request = { protocol, schema, app, site, incarnation, cursor, history, now: sent, anchor, ...names }
  const reply = await transport.hello(request)
  round.at('after hello')
  // The centre looked at its clock somewhere between the two moments.
  const offset = Math.round(reply.now - (sent + clock.now().getTime()) / 2)
  replica.prepared('UPDATE sync_state SET clock_offset = ?, last_contact_at = ?').run(offset, round.now())
  keepNames(replica, request, reply)
  if (reply.spareSites) keepSpareSites(replica, reply.spareSites)
  return reply
}

/** Kept at the centre, it tells whether lines of this machine's log were taken away or written anew since. */
function anchorOf({ prepared }: Replica, organizationId: number): HelloRequest['anchor'] {
  return prepared<{ count: number; mac: string }>(
    'SELECT sequence AS count, mac FROM activity_chain WHERE chain = ? ORDER BY sequence DESC LIMIT 1',
  ).get(organizationId)
}

async function followReply(round: Round, reply: HelloReply): Promise<Outcome | 'ok' | 'again'> {
  const { replica } = round
  if (reply.status === 'revoked' || reply.status === 'upgrade') return stopped(round, reply.status)
  const { acknowledged, history } = ownMembership(replica)
  const isRestored = reply.status === 'rolledBack' || reply.history !== history || reply.acknowledged < acknowledged
  const last = compared(replica, reply)
  if (isRestored && last === 'different') doubtAll(replica)
  if (reply.status === 'fork' || last !== 'same') return part(round, reply)
  if (isRestored) {
    followRollback(replica, reply)
    round.at('rolled back')
    return 'ok'
  }
  // What arrived though its answer did not is pushed again: only that answer tells what was refused of it.
  forgetOld(replica, round.now())
  if (reply.status === 'resync') beginAgain(replica)
  round.at('greeted')
  return 'ok'
}

async function part(round: Round, { acknowledged }: HelloReply): Promise<'again'> {
  await partFromOther(round, acknowledged)
  round.at('parted')
  keepOwnSite(round.replica)
  return 'again'
}

function stopped({ replica }: Round, status: 'upgrade' | 'revoked' | 'stuck'): Outcome {
  replica.prepared('UPDATE sync_state SET status = ?').run(status)
  return status
}

/** While the centre has one envelope the next is sealed. */
async function pushAll(round: Round, upTo: number): Promise<Outcome | 'ok' | 'again'> {
  const { replica, transport } = round
  const following = (after?: number) =>
    nextToPush(replica, after) ?? (sealSlice(round, upTo) ? nextToPush(replica, after) : undefined)
  let done = 0
  for (let next = following(); next; next = following()) {
    round.at('before push')
    const { number, ...envelope } = next
    const reply = await transport.push(envelope, () => following(number))
    round.at('after push')
    // Hello tells a disk that was copied from a centre that was restored in the middle of this round.
    if (reply.status === 'fork') return 'again'
    if (reply.status === 'invalid') return stopped(round, 'stuck')
    if (reply.status === 'upgrade' || reply.status === 'revoked') return stopped(round, reply.status)
    acknowledge(replica, number, reply.refused, round.now())
    round.at('acknowledged')
    done += 1
    round.onProgress({ doing: 'push', done, total: done + envelopesLeft(round) })
  }
  return 'ok'
}

/** As many as there are, and as many as what is not sealed yet will be. */
function envelopesLeft({ replica, slices }: Round): number {
  const left = replica
    .prepared<{ sealed: number; rows: number }>(
      `SELECT (SELECT count(*) FROM sync_outbox WHERE number > sync_state.acknowledged) AS sealed,
        (SELECT count(*) FROM sync_rows WHERE change > 0 AND change > sync_state.sealed) AS rows FROM sync_state`,
    )
    .get()
  return left ? left.sealed + Math.ceil(left.rows / slices.seal.rows()) : 0
}

/** Pages are kept as they come, so that a line that breaks again and again still gets everything across. */
async function pullAll(round: Round): Promise<'ok' | 'again'> {
  const { replica, transport, clock, pullRows } = round
  for (let state = ownMembership(replica); !isPulled(state); state = ownMembership(replica)) {
    round.at('before pull')
    const known = throughKnown(replica)
    const reply = await transport.pull({ cursor: state.page, upto: state.upto, limit: pullRows })
    round.at('after pull')
    // Its rows may know of writes that a copy of this disk made in our name: hello tells, before any of them is taken.
    if (reply.acknowledged !== state.acknowledged) return 'again'
    const { take } = round.slices
    for (const part of partsOfPage(reply, take.rows())) {
      take.write(() => takePart(replica, part, clock.now(), known))
      round.at('page taken')
      await round.rest()
    }
    round.onProgress({ doing: 'pull', done: reply.cursor - state.cursor, total: reply.upto - state.cursor })
  }
  return 'ok'
}

function isPulled({ page, upto }: Membership): boolean {
  return upto !== null && page >= upto
}

async function applyAll(round: Round) {
  const { replica, clock } = round
  const { apply } = round.slices
  const total = replica.prepared<number>('SELECT count(*) FROM sync_inbox').pluck().get() ?? 0
  let done = 0
  let isMore = true
  while (isMore) {
    round.at('before apply')
    const rows = apply.rows()
    isMore = apply.write(() => applyNext(replica, { rows, now: clock.now() }))
    round.at('applied')
    done = Math.min(total, done + rows)
    round.onProgress({ doing: 'apply', done, total })
    if (isMore || isInInbox(replica)) await round.rest()
  }
}
