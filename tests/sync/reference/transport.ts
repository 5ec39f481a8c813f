import { type HelloReply, type HelloRequest, protocol, type Transport } from '../../../main/sync/wire.ts'
import { type Centre, headOf, type SiteRow, sparesOf } from './centre.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'

/** The way of one machine to the centre, which knows by itself who calls. */
export function transportOf(centre: Centre, site: () => number): Transport {
  const caller = () => {
    const row = centre.state.sites.get(site())
    if (!row) throw new Error(`The centre does not know site ${site()}.`)
    return row
  }
  return {
    hello: async (request) => hello(centre, caller(), request),
    push: async (envelope) => push(centre, caller(), envelope),
    pull: async (request) => pull(centre, caller(), request),
    close: async () => {},
  }
}

function hello(centre: Centre, site: SiteRow, request: HelloRequest): HelloReply {
  const { number: last, history, restoredAt } = headOf(centre, site.organizationId)
  const status = statusOf(centre, site, request)
  if (status === 'ok') site.pulled = Math.max(site.pulled, request.cursor)
  if (status === 'ok' || status === 'resync' || status === 'rolledBack') site.incarnation = request.incarnation
  if (status === 'resync' || status === 'rolledBack') site.againUpto = last
  const head = status === 'rolledBack' ? (restoredAt ?? last) : last
  const tables = [...centre.schema.keys()].filter((number) => !centre.lacks.has(number))
  const { acknowledged, chain } = site
  const spares = status === 'revoked' || status === 'upgrade' ? {} : { spareSites: sparesOf(centre, site) }
  return { status, acknowledged, chain, head, history, now: centre.now(), tables, ...spares }
}

function statusOf(centre: Centre, site: SiteRow, request: HelloRequest): HelloReply['status'] {
  const { number: last, history, floor } = headOf(centre, site.organizationId)
  if (site.isRevoked) return 'revoked'
  if (request.protocol < protocol) return 'upgrade'
  if (site.incarnation !== null && site.incarnation !== request.incarnation) return 'fork'
  if (request.history !== history || request.cursor > last) return 'rolledBack'
  if (request.cursor > 0 && request.cursor < floor) return 'resync'
  return 'ok'
}
