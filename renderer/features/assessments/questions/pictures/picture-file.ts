import { maxPictureBytes } from '../../../../../shared/contract/documents.ts'

/** Longest side in pixels of a picture that was made smaller: more than any learner's screen shows. */
const ampleSide = 2_000

/** What a file chooser offers. The core looks at the bytes itself. */
export const pictureAccept = 'image/png,image/jpeg,image/gif,image/webp'

/** The pictures among what was pasted or dropped; text beside them stays text. */
export function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'))
}

/** A photo as a phone takes it, made small enough to be kept; what the browser cannot unpack is left for the core to refuse. */
export async function fitting(file: File): Promise<Blob> {
  if (file.size <= maxPictureBytes || !pictureAccept.split(',').includes(file.type)) return file
  try {
    const bitmap = await createImageBitmap(file)
    const { width, height } = bitmap
    const scale = Math.min(1, ampleSide / Math.max(width, height))
    const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    return await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 })
  } catch {
    return file
  }
}
