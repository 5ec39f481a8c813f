import { maxSourcePixels } from '../../../../shared/contract/photos.ts'

/** What a file chooser offers. SVG is a program, so it is not among them. */
export const pictureAccept = 'image/jpeg,image/png,image/webp'

export type PictureProblem = 'notPicture' | 'damaged' | 'tooLarge'

/** More is never kept, and a smaller one is moved about smoothly. */
const ampleSide = 1600

/** Unpacks a picture that was chosen, upright as it was taken; how many pixels it has is known before that. */
export async function openPicture(file: File): Promise<{ picture: ImageBitmap } | { problem: PictureProblem }> {
  if (!pictureAccept.split(',').includes(file.type)) return { problem: 'notPicture' }
  try {
    const { width, height } = await sidesOf(file)
    if (width * height > maxSourcePixels) return { problem: 'tooLarge' }
    const scale = Math.min(1, ampleSide / Math.max(width, height))
    const sides = { resizeWidth: Math.ceil(width * scale), resizeHeight: Math.ceil(height * scale) }
    return { picture: await createImageBitmap(file, { ...sides, resizeQuality: 'high' }) }
  } catch {
    return { problem: 'damaged' }
  }
}

/** As the head of the file says them: the pixels are not unpacked for that. */
async function sidesOf(file: File) {
  const address = URL.createObjectURL(file)
  const image = new Image()
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve
      image.onerror = reject
      image.src = address
    })
    return { width: image.naturalWidth, height: image.naturalHeight }
  } finally {
    URL.revokeObjectURL(address)
  }
}
