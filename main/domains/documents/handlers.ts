import { choices, get, list, mine, piece, remove, restore, setQuota, storage, update } from './documents.ts'
import { addPicture, picture } from './picture-handlers.ts'
import { openings, recipients, revoke, share } from './shares.ts'
import { type UploadPlace, uploadHandlers } from './uploads.ts'

export function documentsHandlers(place: UploadPlace) {
  return {
    addPicture,
    picture,
    list,
    choices,
    get,
    mine,
    piece,
    update,
    remove,
    restore,
    storage,
    setQuota,
    recipients,
    share,
    revoke,
    openings,
    ...uploadHandlers(place),
  }
}
