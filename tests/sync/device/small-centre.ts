import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { registry, tableNames } from '../../../main/database/registry.ts'
import { mergeRows } from '../../../main/sync/merge.ts'
import { rulesOf } from '../../../main/sync/rules.ts'
import type { RowState } from '../../../main/sync/state.ts'
import {
  type Enrolment,
  EnvelopeHead,
  type HelloReply,
  type PullReply,
  PushedRow,
  type PushReply,
  type Transport,
  Unreachable,
} from '../../../main/sync/wire.ts'
import { onPage } from '../page.ts'

interface Site {
  incarnation: string | undefined
  acknowledged: number
  chain: string
  hashes: Map<number, string>
}

interface Stored {
  number: number
  state: RowState
  /** The site that has exactly this. */
  echoOf: number | undefined
}

export const organizationId = 77

/** As much of a centre as the device's side needs: it merges and hands out, checks the chain, and arbitrates nothing. */
export function smallCentre() {
  let history = '00000000-0000-4000-8000-000000000001'
  let head = 0
  let nextSite = 1
  let sites = new Map<number, Site>()
  let rows = new Map<string, Stored>()
  const pushed: { site: number; number: number; body: string }[] = []

  const siteOf = (number: number) => {
    const site = sites.get(number) ?? { incarnation: undefined, acknowledged: 0, chain: '', hashes: new Map() }
    sites.set(number, site)
    return site
  }

  /** A write of the centre itself, or of somebody who is not looked at. */
  function put(incoming: RowState, echoOf?: number) {
    const key = `${incoming.table} ${incoming.id}`
    const table = tableNames.find((name) => registry[name].number === incoming.table)
    if (!table) throw new Error(`No table has the number ${incoming.table}.`)
    const known = rows.get(key)
    const state = known ? mergeRows(known.state, incoming, rulesOf(table)).state : incoming
    if (known && isDeepStrictEqual(known.state, state)) return
    head += 1
    rows.set(key, { number: head, state, echoOf: isDeepStrictEqual(state, incoming) ? echoOf : undefined })
  }

  function replyTo(site: Site, status: HelloReply['status']): HelloReply {
    return { status, acknowledged: site.acknowledged, chain: site.chain, head, history, now: Date.now() }
  }

  function transport(): Transport & { isDown: boolean } {
    let me: number | undefined
    const line = { isDown: false }
    const reach = () => {
      if (line.isDown) throw new Unreachable('The line is cut.')
    }
    return Object.assign(line, {
      async hello(request: Parameters<Transport['hello']>[0]): Promise<HelloReply> {
        reach()
        me = request.site
        const site = siteOf(me)
        if (site.incarnation !== undefined && site.incarnation !== request.incarnation) return replyTo(site, 'fork')
        site.incarnation = request.incarnation
        return replyTo(site, request.history === history ? 'ok' : 'rolledBack')
      },
      async push({ head: text, body, hash }: Parameters<Transport['push']>[0]): Promise<PushReply> {
        reach()
        const { site: number, number: envelope, previous } = EnvelopeHead.parse(JSON.parse(text))
        const site = siteOf(number)
        const said = (status: PushReply['status']) => ({ ...replyTo(site, 'ok'), status, refused: [] })
        if (site.hashes.get(envelope) === hash) return said('duplicate')
        if (envelope !== site.acknowledged + 1 || previous !== site.chain) return said('fork')
        const own = createHash('sha256').update(previous + text + body)
        if (own.digest('hex') !== hash) return said('invalid')
        for (const line of body.split('\n')) {
          const { base: _, ...state } = PushedRow.parse(JSON.parse(line))
          put(state, number)
        }
        pushed.push({ site: number, number: envelope, body })
        site.hashes.set(envelope, hash)
        Object.assign(site, { acknowledged: envelope, chain: hash })
        return said('ok')
      },
      async pull({ cursor, upto, limit, own = false }: Parameters<Transport['pull']>[0]): Promise<PullReply> {
        reach()
        const end = upto ?? head
        const found = [...rows.values()]
          .filter(({ number }) => number > cursor && number <= end)
          .sort((a, b) => a.number - b.number)
        const page = found.slice(0, limit)
        return {
          upto: end,
          ...onPage(
            page
              .filter(({ echoOf, state }) => (own || echoOf !== me) && state.table !== registry.activity_logs.number)
              .map(({ number, state }) => ({ ...state, number })),
          ),
          leaves: [],
          cursor: page.at(-1)?.number ?? end,
          hasMore: found.length > limit,
          acknowledged: siteOf(me ?? 0).acknowledged,
        }
      },
      async close() {},
    })
  }

  put({
    table: registry.organizations.number,
    id: organizationId,
    values: {
      name: 'The Centre',
      slug: 'the-centre',
      admin_id: null,
      settings: null,
      is_active: 1,
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
    },
    stamp: [1, 0],
  })

  return {
    rows: () => rows,
    pushed,
    transport,
    put,
    head: () => head,
    enrol(spares = 3): Enrolment {
      const [site = 0, ...spareSites] = Array.from({ length: spares + 1 }, () => nextSite++)
      return {
        site,
        spareSites,
        organizationId,
        organizationName: 'The Centre',
        scope: 'organization',
        trainerId: null,
        history,
      }
    },
    /** What a backup of the centre holds. */
    backUp: () => structuredClone({ head, sites, rows }),
    restore(backup: { head: number; sites: typeof sites; rows: typeof rows }) {
      ;({ head, sites, rows } = structuredClone(backup))
      history = '00000000-0000-4000-8000-000000000002'
    },
  }
}

export type SmallCentre = ReturnType<typeof smallCentre>
