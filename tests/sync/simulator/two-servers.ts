import { isDeepStrictEqual } from 'node:util'
import type { TableName } from '../../../main/database/registry.ts'
import type { Values } from './machine.ts'
import type { MakeServer, Server } from './server.ts'

/** What two centres made of the same calls, where they differ. */
export interface Differences {
  found: string[]
}

/**
 * Every call goes to two centres, and the machines hear the first. Both must answer a push alike and hold the same rows after
 * it; what a centre mints itself is compared by what it says.
 */
export function bothOf(make: { first: MakeServer; second: MakeServer }, differences: Differences): MakeServer {
  return async (options) => {
    const [first, second] = [await make.first(options), await make.second(options)]
    const histories = new Map<string, string>()
    return {
      ...first,
      async admit(organizationId) {
        const [one, other] = [await first.admit(organizationId), await second.admit(organizationId)]
        histories.set(one.history, other.history)
        expectSame(differences, 'the sites', [one.site, one.spareSites], [other.site, other.spareSites])
        return one
      },
      transportOf(site) {
        const [one, other] = [first.transportOf(site), second.transportOf(site)]
        return {
          async hello(request) {
            const reply = await one.hello(request)
            // Each numbers its feed by itself, so where one has been read to says nothing of the other.
            const history = histories.get(request.history) ?? request.history
            const again = await other.hello({ ...request, history, cursor: 0 })
            expectSame(differences, 'hello', [reply.status, reply.acknowledged], [again.status, again.acknowledged])
            return reply
          },
          async push(envelope) {
            const reply = await one.push(envelope)
            const again = await other.push(envelope)
            const said = ({ status, acknowledged, refused }: typeof reply) => [status, acknowledged, refused]
            expectSame(differences, 'push', said(reply), said(again))
            for (const id of options.organizations) await compare(differences, id, first, second)
            return reply
          },
          async pull(request) {
            return one.pull(request)
          },
          close: () => one.close(),
        }
      },
      async revoke(site) {
        await first.revoke(site)
        await second.revoke(site)
      },
    }
  }
}

async function compare(differences: Differences, organizationId: number, first: Server, second: Server) {
  const [ours, theirs] = [await first.living(organizationId), await second.living(organizationId)]
  for (const [table, rows] of ours) {
    if (table === 'organizations') continue
    expectSame(differences, table, described(table, rows), described(table, theirs.get(table) ?? new Map()))
  }
}

function described(table: TableName, rows: Map<number, Values>): string[] {
  const told = ['kind', 'table_number', 'row_id', 'register', 'lost_clock', 'lost_site']
  return [...rows]
    .map(([id, values]) =>
      table === 'sync_conflicts'
        ? JSON.stringify(told.map((column) => values[column]))
        : JSON.stringify([id, Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))]),
    )
    .sort()
}

function expectSame(differences: Differences, what: string, ours: unknown[], theirs: unknown[]) {
  if (isDeepStrictEqual(ours, theirs) || differences.found.length > 20) return
  const only = (one: unknown[], other: unknown[]) =>
    one.filter((each) => !other.some((its) => isDeepStrictEqual(each, its)))
  differences.found.push(`${what}: ${JSON.stringify(only(ours, theirs))} and ${JSON.stringify(only(theirs, ours))}`)
}
