import type { ReadContext } from '../../context.ts'
import { readGift as parseGift } from './gift.ts'

export async function readGift(_: ReadContext, { text }: { text: string }) {
  return parseGift(text)
}
