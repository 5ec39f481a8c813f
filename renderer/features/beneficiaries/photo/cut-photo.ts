import { maxPhotoBytes, photoSide } from '../../../../shared/contract/photos.ts'

/** A square of a picture: how many times smaller than the largest there is, and where, from 0 to 1 of the room left. */
export interface Cut {
  zoom: number
  across: number
  down: number
}

type Sides = Pick<ImageBitmap, 'width' | 'height'>

/** In a picture that stands upright the face is above the middle. */
export function firstCut({ width, height }: Sides): Cut {
  return { zoom: 1, across: 0.5, down: height > width ? 0.25 : 0.5 }
}

function squareOf({ width, height }: Sides, { zoom, across, down }: Cut) {
  const side = Math.min(width, height) / zoom
  return { side, left: (width - side) * across, top: (height - side) * down }
}

/** Whether more of the picture lies beside the part that is kept, and above or below it. */
export function roomOf(picture: Sides, cut: Cut) {
  const { side } = squareOf(picture, cut)
  return { across: picture.width > side, down: picture.height > side }
}

/** The picture pulled by a part of what is shown of it. */
export function pulled(picture: Sides, cut: Cut, by: { x: number; y: number }): Cut {
  const { side } = squareOf(picture, cut)
  const [roomX, roomY] = [picture.width - side, picture.height - side]
  return {
    ...cut,
    across: roomX > 0 ? within(cut.across - (by.x * side) / roomX) : cut.across,
    down: roomY > 0 ? within(cut.down - (by.y * side) / roomY) : cut.down,
  }
}

function within(part: number): number {
  return Math.min(1, Math.max(0, part))
}

type Paper = Pick<CanvasRenderingContext2D, 'fillRect' | 'fillStyle' | 'drawImage' | 'imageSmoothingQuality'>

/** @param size pixels of each side of the paper */
export function drawCut(paper: Paper | null, size: number, picture: ImageBitmap, cut: Cut) {
  const { side, left, top } = squareOf(picture, cut)
  if (!paper) return
  // What is transparent becomes white and not black.
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, size, size)
  paper.imageSmoothingQuality = 'high'
  paper.drawImage(picture, left, top, side, side, 0, 0, size, size)
}

/** Encoded anew, so that nothing is left of what a camera writes beside a picture; in base64. */
export async function photoFrom(picture: ImageBitmap, cut: Cut): Promise<string> {
  const side = Math.min(photoSide, Math.max(1, Math.round(squareOf(picture, cut).side)))
  const canvas = new OffscreenCanvas(side, side)
  drawCut(canvas.getContext('2d'), side, picture, cut)
  let photo = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
  for (let quality = 0.7; photo.size > maxPhotoBytes && quality > 0.1; quality -= 0.15) {
    photo = await canvas.convertToBlob({ type: 'image/jpeg', quality })
  }
  return base64Of(new Uint8Array(await photo.arrayBuffer()))
}

function base64Of(bytes: Uint8Array): string {
  let letters = ''
  for (let from = 0; from < bytes.length; from += 8192)
    letters += String.fromCharCode(...bytes.subarray(from, from + 8192))
  return btoa(letters)
}
