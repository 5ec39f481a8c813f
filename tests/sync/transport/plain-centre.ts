import type { Centre } from '../../../main/centre/centre.ts'
import type { NewDevice } from '../../../main/sync/transports/gateway-answer.ts'
import { EnvelopeHead, type PullReply, PushedRow } from '../../../main/sync/wire.ts'
import { onPage } from '../page.ts'
import { spkiOf, type TestSite } from './envelopes.ts'

const history = '00000000-0000-4000-8000-000000000000'

/**
 * A centre that keeps envelopes and hands their rows on, without looking into them: what it takes to see what a way to the
 * centre does with them. Every call is counted, and codes are good as often as they are named.
 */
export function plainCentre(sites: TestSite[], codes: string[] = []) {
  const feed: { number: number; site: number; row: PushedRow }[] = []
  const chains = new Map<number, { number: number; hash: string }>()
  const devices = new Map<string, NewDevice>()
  const revoked = new Set<number>()
  const calls: string[] = []

  const centre: Centre = {
    async site(number) {
      const known = sites.find(({ site }) => site === number)
      return known && { publicKey: spkiOf(known.publicKey), isRevoked: revoked.has(number) }
    },
    as: (site) => ({
      async hello() {
        calls.push('hello')
        const { number: acknowledged, hash: chain } = chains.get(site) ?? { number: 0, hash: '' }
        const status = revoked.has(site) ? ('revoked' as const) : ('ok' as const)
        return { status, acknowledged, chain, head: feed.length, history, now: Date.now() }
      },
      async push(envelope) {
        calls.push('push')
        const head = EnvelopeHead.parse(JSON.parse(envelope.head))
        const last = chains.get(site) ?? { number: 0, hash: '' }
        const told = (status: 'ok' | 'duplicate' | 'fork') => {
          const { number: acknowledged, hash: chain } = chains.get(site) ?? last
          return { status, acknowledged, chain, head: feed.length, refused: [] }
        }
        if (head.number === last.number && envelope.hash === last.hash) return told('duplicate')
        if (head.number !== last.number + 1 || head.previous !== last.hash) return told('fork')
        for (const line of envelope.body.split('\n')) {
          feed.push({ number: feed.length + 1, site, row: PushedRow.parse(JSON.parse(line)) })
        }
        chains.set(site, { number: head.number, hash: envelope.hash })
        return told('ok')
      },
      async pull({ cursor, upto, limit, own = false }) {
        calls.push('pull')
        const end = upto ?? feed.length
        const page = feed.slice(cursor, Math.min(end, cursor + limit))
        const rows = page
          .filter((one) => own || one.site !== site)
          .map(({ number, row: { base: _base, ...state } }) => ({ ...state, number }))
        const last = cursor + page.length
        const acknowledged = chains.get(site)?.number ?? 0
        const reply: PullReply = {
          upto: end,
          ...onPage(rows),
          leaves: [],
          cursor: last,
          hasMore: last < end,
          acknowledged,
        }
        return JSON.stringify(reply)
      },
    }),
    async enrol(code, device) {
      calls.push('enrol')
      const known = devices.get(code)
      if (!codes.includes(code) || (known && known.publicKey !== device.publicKey)) return undefined
      devices.set(code, device)
      const organization = { organizationId: 1, organizationName: 'Centre', scope: 'organization' as const }
      return { site: 7, spareSites: [8, 9], ...organization, trainerId: null, history }
    },
  }
  return { centre, calls, feed, revoked, close: async () => undefined }
}
