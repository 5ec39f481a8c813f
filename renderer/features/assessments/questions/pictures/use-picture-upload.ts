import type { Picture } from '../../../../../shared/contract/questions.ts'
import { base64Of } from '../../../../lib/base64.ts'
import { client } from '../../../../lib/client.ts'
import { useMutation } from '../../../../lib/use-mutation.ts'
import { fitting } from './picture-file.ts'

/** Gives pictures to the core, one after the other; `onAdded` gets them without words for those who cannot see them. */
export function usePictureUpload(onAdded: (pictures: Picture[]) => void) {
  return useMutation({ mutationFn: (files: readonly File[]) => upload(files), onSuccess: onAdded })
}

async function upload(files: readonly File[]): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (const file of files) {
    const base64 = await base64Of(await fitting(file))
    const { image } = await client.documents.addPicture({ base64, filename: file.name.slice(0, 255) })
    pictures.push({ image, alt: '' })
  }
  return pictures
}
