import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import { scopeOf } from '../../scope.ts'
import { fileOf } from '../beneficiaries/person-file.ts'
import { keepContent } from '../documents/queries.ts'
import { refuseOverQuota } from '../documents/storage.ts'
import { photoConsent } from '../privacy/photo-consent.ts'
import { bringBackPhoto, insertPhoto, photoBytes, removedPhoto, removePhotos } from './queries.ts'
import { readPhoto } from './read-photo.ts'

interface Person {
  beneficiaryId: Id
}

export async function get({ db, actor }: ReadContext, { beneficiaryId, image }: Person & { image: string }) {
  const scope = scopeOf(actor)
  const found = await photoBytes(db, scope, beneficiaryId, image)
  const isShown = found?.userId && (await photoConsent(db, scope.organizationId, found.userId)).last !== 'withdrawn'
  if (!found || !isShown) throw new Refusal('notFound', 'photo.notFound')
  return { base64: found.bytes.toString('base64') }
}

export const set: PreparedMutation<Person & { base64: string }, { image: string }> = {
  async prepare(_, { beneficiaryId, base64 }) {
    const picture = readPhoto(Buffer.from(base64, 'base64'))
    const { image } = picture
    return async (context) => {
      const { db, actor, now, about } = context
      const { organizationId, photo } = await agreedFile(context, beneficiaryId)
      about(beneficiaryId)
      if (photo === image) return { image }
      await refuseOverQuota(db, organizationId, picture.bytes.length)
      await keepContent(db, picture, now)
      await removePhotos(db, beneficiaryId, now)
      await insertPhoto(db, { organizationId, beneficiaryId, broughtBy: actor.userId }, picture, now)
      return { image }
    }
  },
}

export async function remove({ db, actor, now, about }: WriteContext, { beneficiaryId }: Person) {
  await fileOf(db, scopeOf(actor), beneficiaryId)
  await removePhotos(db, beneficiaryId, now)
  about(beneficiaryId)
  return {}
}

export async function putBack(context: WriteContext, { beneficiaryId, image }: Person & { image: string }) {
  const { db, now, about } = context
  await agreedFile(context, beneficiaryId)
  const removed = await removedPhoto(db, beneficiaryId, image)
  if (!removed) throw new Refusal('notFound', 'photo.notFound')
  await removePhotos(db, beneficiaryId, now)
  await bringBackPhoto(db, removed.id, now)
  about(beneficiaryId)
  return {}
}

/** Where the organization asks people whether a photo may be kept, they have said yes to what it says now. */
async function agreedFile({ db, actor }: WriteContext, beneficiaryId: Id) {
  const scope = scopeOf(actor)
  const { userId, photo } = await fileOf(db, scope, beneficiaryId)
  const { isAsked, isGiven } = await photoConsent(db, scope.organizationId, userId)
  if (isAsked && !isGiven) throw new Refusal('conflict', 'photo.consentFirst')
  return { organizationId: scope.organizationId, photo }
}
