import { createHash, randomBytes, randomInt } from 'node:crypto'
import { CardToken, cardPrefix, type PictureSecret, pictureNames } from '../../../shared/contract/kiosk.ts'
import { latinDigits } from '../../../shared/digits.ts'

/** Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 128 random bits; capital letters and digits, which a QR code and any scanner take as they are. */
export function newCardToken(): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`)
  let token = ''
  while (token.length < 26) {
    token = alphabet[Number(bits & 31n)] + token
    bits >>= 5n
  }
  return token
}

/** The token in what a scanner or a hand typed; undefined when there is none. */
export function readCardToken(typed: string): string | undefined {
  const text = latinDigits(typed).trim().toUpperCase()
  const [, linked] = /#CARD=([^&]*)$/.exec(text) ?? []
  const code = linked ?? (text.startsWith(cardPrefix) ? text.slice(cardPrefix.length) : text)
  const token = code.replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return CardToken.safeParse(token).data
}

/** A random token needs no slow hash: there is nothing to guess. */
export function cardDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function newPin(digits: number): string {
  for (;;) {
    const pin = String(randomInt(10 ** digits)).padStart(digits, '0')
    if (!isEasyPin(pin)) return pin
  }
}

/** All digits the same, or counting up or down. */
function isEasyPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])))
  const [step = 0] = steps
  return steps.size === 1 && Math.abs(step) <= 1
}

export function newPictures(): PictureSecret {
  const left = [...pictureNames]
  return Array.from({ length: 3 }, () => left.splice(randomInt(left.length), 1)[0] as PictureSecret[number])
}
