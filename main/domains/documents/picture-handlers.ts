import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext } from '../../context.ts'
import { pictureBytes, pictureContent } from './picture-bytes.ts'
import { readPicture } from './read-picture.ts'
import { storePicture } from './store-picture.ts'

export const addPicture: PreparedMutation<{ base64: string; filename: string }, { image: string }> = {
  async prepare(_, { base64, filename }) {
    const picture = readPicture(Buffer.from(base64, 'base64'))
    return async ({ db, actor, now, about }) => {
      const owner = { organizationId: organizationOf(actor), userId: actor.userId, filename }
      about(await storePicture(db, owner, picture, now))
      return { image: picture.image }
    }
  },
}

export async function picture({ db, actor }: ReadContext, { image }: { image: string }) {
  const found = await pictureBytes(db, organizationOf(actor), image)
  if (!found) throw new Refusal('notFound', 'picture.notFound')
  return pictureContent(found)
}
