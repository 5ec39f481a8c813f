import type { Id } from '../../../shared/contract/base.ts'
import type { PictureSecret, SitDown } from '../../../shared/contract/kiosk.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { wholeOrganization } from '../../scope.ts'
import { cardDigest, readCardToken } from './card.ts'
import { cardByDigest, credentialOf, learnersAmong, setThrottle } from './queries.ts'
import { kioskOf } from './settings.ts'
import { judge } from './throttle.ts'

/** Says in the write who may sit down; null when the refusal is already noted and must follow the commit. */
type Verify = (context: WriteContext) => Promise<Id | null>

/** Compares what a learner shows before the transaction, and returns what counts the try within it. */
export async function prepareVerification(context: ReadContext, shown: SitDown): Promise<Verify> {
  return 'card' in shown ? byCard(shown.card) : bySecret(context, shown)
}

function byCard(typed: string): Verify {
  const token = readCardToken(typed)
  return async ({ db, actor, about }) => {
    const card = token && (await cardByDigest(db, organizationOf(actor), cardDigest(token)))
    if (!card) throw new Refusal('unauthenticated', 'kiosk.cardUnknown')
    await refuseUnlessActive(db, organizationOf(actor), card.beneficiaryId)
    about(card.beneficiaryId, { by: 'card' })
    return card.beneficiaryId
  }
}

async function bySecret({ db, actor, passwords }: ReadContext, shown: Exclude<SitDown, { card: string }>) {
  const organizationId = organizationOf(actor)
  const { beneficiaryId } = shown
  await refuseUnlessActive(db, organizationId, beneficiaryId)
  const compared = await credentialAsked(db, organizationId, shown)
  const matches = compared !== null && (await passwords.match(spelt(shown.secret), compared.hash))

  return async ({ db, now, about, refuseAfterwards }: WriteContext) => {
    await refuseUnlessActive(db, organizationId, beneficiaryId)
    const asked = await credentialAsked(db, organizationId, shown)
    if (asked === null) {
      about(beneficiaryId, { by: 'name' })
      return beneficiaryId
    }
    const { after, refusal } = judge(asked, matches && asked.hash === compared.hash, now)
    if (after.failures !== asked.failures || after.lockedUntil !== asked.lockedUntil) {
      await setThrottle(db, asked.id, after, now)
    }
    about(beneficiaryId, { by: asked.kind })
    if (refusal) refuseAfterwards(refusal)
    return refusal ? null : beneficiaryId
  }
}

/** What the kiosk's setting asks of this learner; null where touching the name is enough. */
async function credentialAsked(
  db: Reader,
  organizationId: Id,
  { beneficiaryId, secret }: Exclude<SitDown, { card: string }>,
) {
  const { signIn } = await kioskOf(db, organizationId)
  if (signIn === 'name') return null
  const credential = await credentialOf(db, organizationId, beneficiaryId, signIn)
  if (!credential) throw new Refusal('conflict', 'kiosk.noSecret')
  const kind = typeof secret === 'string' ? 'pin' : 'picture'
  if (secret === undefined || kind !== signIn) throw new Refusal('invalid', 'kiosk.secretNeeded')
  return credential
}

/** The form in which a secret is hashed. */
export function spelt(secret: string | PictureSecret | undefined): string {
  return typeof secret === 'object' ? secret.join(' ') : (secret ?? '')
}

async function refuseUnlessActive(db: Reader, organizationId: Id, beneficiaryId: Id) {
  const [person] = await learnersAmong(db, wholeOrganization(organizationId), [beneficiaryId])
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  if (person.status !== 'active') throw new Refusal('conflict', 'beneficiary.inactive')
}
