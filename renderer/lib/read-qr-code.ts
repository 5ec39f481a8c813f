import decodeQR from 'qr/decode.js'

/** Wide enough for a card at arm's length, small enough to be read within a frame. */
const largestSide = 720

/** The text of the QR code in a picture; null when there is none that can be read. */
export function readQrCode(image: CanvasImageSource, size: { width: number; height: number }): string | null {
  const scale = Math.min(1, largestSide / Math.max(size.width, size.height))
  const width = Math.floor(size.width * scale)
  const height = Math.floor(size.height * scale)
  if (width === 0 || height === 0) return null
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.drawImage(image, 0, 0, width, height)
  try {
    return decodeQR(context.getImageData(0, 0, width, height))
  } catch {
    return null
  }
}
