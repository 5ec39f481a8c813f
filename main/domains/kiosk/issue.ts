import type { Done, Id } from '../../../shared/contract/base.ts'
import type { CredentialKind, Issue, IssuedCard, PictureSecret } from '../../../shared/contract/kiosk.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation } from '../../context.ts'
import { scopeOf } from '../../scope.ts'
import type { Passwords } from '../identity/passwords.ts'
import { cardDigest, newCardToken, newPictures, newPin } from './card.ts'
import { knownLearners } from './learners.ts'
import { insertCredentials, revokeCredentials } from './queries.ts'
import { spelt } from './verify.ts'

export const issue: PreparedMutation<Issue, IssuedCard[]> = {
  async prepare({ db, actor, passwords }, { beneficiaryIds, kinds, digits }) {
    const organizationId = organizationOf(actor)
    const ids = [...new Set(beneficiaryIds)]
    const names = await knownLearners(db, scopeOf(actor), ids)
    const cards = ids.map((id) => newCard({ id, name: names.get(id) ?? '' }, kinds, digits))
    const hashed = (await Promise.all(cards.map((card) => hashesOf(card, passwords)))).flat()

    return async ({ db, actor, now, about }) => {
      await knownLearners(db, scopeOf(actor), ids)
      await revokeCredentials(db, organizationId, { beneficiaryIds: ids, kinds }, now)
      await insertCredentials(db, organizationId, hashed, now)
      about(ids[0] as Id, { learners: ids.length, kinds: kinds.join(' ') })
      return cards
    }
  },
}

export const setSecret: PreparedMutation<{ beneficiaryId: Id; secret: string | PictureSecret }, Done> = {
  async prepare({ actor, passwords }, { beneficiaryId, secret }) {
    const organizationId = organizationOf(actor)
    const hash = await passwords.hashShort(spelt(secret))
    const kind = typeof secret === 'string' ? 'pin' : 'picture'

    return async ({ db, actor, now, about }) => {
      await knownLearners(db, scopeOf(actor), [beneficiaryId])
      await revokeCredentials(db, organizationId, { beneficiaryIds: [beneficiaryId], kinds: [kind] }, now)
      await insertCredentials(db, organizationId, [{ beneficiaryId, kind, hash }], now)
      about(beneficiaryId, { kind })
      return {}
    }
  },
}

function newCard({ id, name }: { id: Id; name: string }, kinds: readonly CredentialKind[], digits: number): IssuedCard {
  return {
    beneficiaryId: id,
    name,
    pin: kinds.includes('pin') ? newPin(digits) : null,
    pictures: kinds.includes('picture') ? newPictures() : null,
    card: kinds.includes('card') ? newCardToken() : null,
  }
}

async function hashesOf({ beneficiaryId, pin, pictures, card }: IssuedCard, passwords: Passwords) {
  const hashes: { beneficiaryId: Id; kind: CredentialKind; hash: string }[] = []
  if (pin !== null) hashes.push({ beneficiaryId, kind: 'pin', hash: await passwords.hashShort(pin) })
  if (pictures !== null) {
    hashes.push({ beneficiaryId, kind: 'picture', hash: await passwords.hashShort(spelt(pictures)) })
  }
  if (card !== null) hashes.push({ beneficiaryId, kind: 'card', hash: cardDigest(card) })
  return hashes
}
