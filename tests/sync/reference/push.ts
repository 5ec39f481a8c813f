import { createHash } from 'node:crypto'
import { mergeRows } from '../../../main/sync/merge.ts'
import type { RowState } from '../../../main/sync/state.ts'
import {
  type Envelope,
  EnvelopeHead,
  PushedRow,
  type PushReply,
  protocol,
  type Refused,
} from '../../../main/sync/wire.ts'
import { arbitrate, type Touched } from './arbitrate.ts'
import { type Centre, type CentreRow, headOf, keyOf, type SiteRow } from './centre.ts'
import { refusedRows } from './check.ts'
import { number, rulesOfRow, settled } from './out-write.ts'

/** One transaction. */
export function push(centre: Centre, site: SiteRow, envelope: Envelope): PushReply {
  const reply = (status: PushReply['status'], refused: Refused[] = []): PushReply => ({
    status,
    acknowledged: site.acknowledged,
    chain: site.chain,
    head: headOf(centre, site.organizationId).number,
    refused,
  })
  if (site.isRevoked) return reply('revoked')
  const head = parsed(envelope.head, EnvelopeHead)
  if (!head || head.site !== site.site) return reply('invalid')
  if (head.protocol < protocol) return reply('upgrade')
  if (hashOf(head.previous, envelope) !== envelope.hash) return reply('invalid')
  if (centre.state.envelopes.get(`${head.site}:${head.number}`) === envelope.hash)
    return reply(
      'duplicate',
      centre.state.refused
        .filter((one) => one.site === site.site && one.envelope === head.number)
        .map(({ table, id, column, reason }) => ({ table, id, column, reason })),
    )
  if (site.incarnation !== null && site.incarnation !== head.incarnation) return reply('fork')
  if (head.number !== site.acknowledged + 1 || head.previous !== site.chain) return reply('fork')
  const rows = rowsIn(envelope.body)
  if (!rows) return reply('invalid')

  const refused = refusedRows(centre, site, rows)
  const isRefused = new Set(refused.filter(({ column }) => column === null).map(({ table, id }) => keyOf(table, id)))
  const touched = rows.flatMap((row) => (isRefused.has(keyOf(row.table, row.id)) ? [] : [take(centre, site, row)]))
  arbitrate(centre, touched)
  centre.state.refused.push(...refused.map((one) => ({ ...one, site: site.site, envelope: head.number })))
  centre.state.envelopes.set(`${head.site}:${head.number}`, envelope.hash)
  site.acknowledged = head.number
  site.chain = envelope.hash
  site.incarnation = head.incarnation
  return reply('ok', refused)
}

export function hashOf(previous: string, { head, body }: Pick<Envelope, 'head' | 'body'>): string {
  return createHash('sha256').update(`${previous}${head}${body}`, 'utf8').digest('hex')
}

function rowsIn(body: string): PushedRow[] | undefined {
  const rows = body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parsed(line, PushedRow))
  return rows.some((row) => row === undefined) ? undefined : rows.filter((row) => row !== undefined)
}

function parsed<T>(text: string, shape: { safeParse(value: unknown): { success: boolean; data?: T } }): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** New rows are inserted, others merged; what changes nothing keeps its place in the feed. */
function take(centre: Centre, { site, organizationId }: SiteRow, { base: _, ...pushed }: PushedRow): Touched {
  const incoming = settled(centre, pushed)
  const stored = centre.state.rows.get(keyOf(pushed.table, pushed.id))
  if (!stored)
    return { row: insert(centre, organizationId, site, incoming), conflicts: [], receivedBefore: null, incoming }
  const { state, conflicts } = mergeRows(stored.state, incoming, rulesOfRow(centre, incoming))
  const receivedBefore = stored.receivedAt
  if (!same(stored.state, state)) {
    const isEcho = same(state, incoming)
    Object.assign(stored, { state, receivedAt: centre.now(), echoOf: isEcho ? site : null })
    number(centre, stored)
  }
  return { row: stored, conflicts, receivedBefore, incoming }
}

function insert(centre: Centre, organizationId: number, site: number, state: RowState): CentreRow {
  const row: CentreRow = { state, organizationId, number: 0, firstNumber: 0, receivedAt: centre.now(), echoOf: site }
  centre.state.rows.set(keyOf(state.table, state.id), row)
  number(centre, row)
  return row
}

function same(a: RowState, b: RowState): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
