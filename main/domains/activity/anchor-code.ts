import { latinDigits } from '../../../shared/digits.ts'
import type { Anchor } from './verify.ts'

/** Hexadecimal digits of the head that a code carries: 80 bits. */
const digits = 20

/** An anchor as it is printed: `BDC-LOG-1-4711-9F86D-08188-4C7D6-59A2F`. */
export function anchorCode({ chain, count, mac }: Anchor): string {
  const groups = mac.slice(0, digits).toUpperCase().match(/.{5}/g) ?? []
  return ['BDC-LOG', chain, count, ...groups].join('-')
}

/** Reads a code back, with any signs between its groups; undefined when it is none. */
export function readAnchorCode(code: string): Anchor | undefined {
  const words = latinDigits(code)
    .toUpperCase()
    .split(/[^0-9A-Z]+/)
    .filter((word) => word !== '' && word !== 'BDC' && word !== 'LOG')
  const [chain = '', count = '', ...groups] = words
  const mac = groups.join('').toLowerCase()
  if (!/^\d{1,15}$/.test(chain) || !/^\d{1,10}$/.test(count) || !/^[0-9a-f]{20}$/.test(mac)) return undefined
  return { chain: Number(chain), count: Number(count), mac }
}
