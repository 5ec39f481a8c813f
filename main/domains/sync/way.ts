import type { Done } from '../../../shared/contract/base.ts'
import { type DirectWay, OfferProblem, type SyncWay } from '../../../shared/contract/sync.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { refusalOf } from '../../refusal-of.ts'
import { confirmOwnPassword } from '../identity/own-password.ts'
import type { SyncLink } from './link.ts'
import { noOffer } from './no-offer.ts'
import { membership } from './queries.ts'

/** By which way this database reaches its centre; the password of a way is kept and never told again. */
export function wayHandlers(link: Pick<SyncLink, 'tryDirect' | 'changeWay'>) {
  const checkDirect: PreparedMutation<DirectWay, Done> = {
    async prepare(_, way) {
      await link.tryDirect(way)
      return async () => ({})
    },
  }

  const useDirect: PreparedMutation<DirectWay & { password: string }, Done> = {
    async prepare(context, { password, ...way }) {
      await confirmOwnPassword(context, password)
      await link.tryDirect(way)
      return (writing) => choose(writing, way.access, way.authority)
    },
  }

  const retryOffer: PreparedMutation<unknown, Done> = {
    async prepare({ db }) {
      const offered = await offer(db)
      if (!offered) throw new Refusal('notFound', 'sync.noOffer')
      const refusal = await refusalOf(link.tryDirect(offered))
      return async (writing) => {
        if ((await offer(writing.db))?.access !== offered.access) throw new Refusal('notFound', 'sync.noOffer')
        if (!refusal) return choose(writing, offered.access, offered.authority)
        await keepProblem(writing.db, refusal.key)
        writing.refuseAfterwards(refusal)
        return {}
      }
    },
  }

  function useGateway(context: WriteContext): Promise<Done> {
    return choose(context, null, null)
  }

  async function choose({ db, actor, about, afterwards }: WriteContext, direct: string | null, pem: string | null) {
    if (!(await membership(db))) throw new Refusal('conflict', 'sync.notEnrolled')
    await keepWay(db, direct, pem)
    about(actor.organizationId)
    afterwards(link.changeWay)
    return {}
  }

  return { way, checkDirect, useDirect, retryOffer, useGateway }
}

function keepWay(db: Writer, direct: string | null, direct_authority: string | null) {
  return db
    .updateTable('sync_way')
    .set({ direct, direct_authority, ...noOffer })
    .execute()
}

/** What was offered with the invitation, while it has not been used. */
async function offer(db: Reader): Promise<DirectWay | undefined> {
  const found = await db.selectFrom('sync_way').select(['offer', 'offer_authority as authority']).executeTakeFirst()
  if (!found || found.offer === null || !(await membership(db))) return undefined
  return { access: found.offer, authority: found.authority }
}

function keepProblem(db: Writer, problem: string) {
  return db.updateTable('sync_way').set({ offer_problem: problem }).execute()
}

async function way({ db }: ReadContext): Promise<SyncWay | null> {
  if (!(await membership(db))) return null
  const found = await db
    .selectFrom('sync_way')
    .select([
      'address',
      'direct',
      'direct_authority as authority',
      'offer_host as offerHost',
      'offer_problem as offerProblem',
    ])
    .executeTakeFirst()
  if (!found) return null
  const { address, direct, authority, offerHost, offerProblem } = found
  const url = direct === null ? null : URL.parse(direct)
  return {
    gateway: address,
    direct: url && {
      host: url.host,
      database: decodeURIComponent(url.pathname.slice(1)),
      hasAuthority: authority !== null,
    },
    offer:
      offerHost === null
        ? null
        : { host: offerHost, problem: OfferProblem.safeParse(offerProblem).data ?? 'sync.accessAway' },
  }
}
