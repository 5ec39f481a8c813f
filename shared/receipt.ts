import { latinDigits } from './digits.ts'

/** Everything an answer receipt vouches for; nothing in it depends on row numbers, which change when machines join. */
export interface HandedIn {
  attemptNumber: number
  /** UTC, ISO 8601 with milliseconds. */
  startedAt: string
  submittedAt: string
  /** In the order in which this learner met them. */
  answers: readonly { question: string; answer: string }[]
}

/** The text whose SHA-256 is the digest of an answer receipt. */
export function receiptText({ attemptNumber, startedAt, submittedAt, answers }: HandedIn): string {
  const given = answers.map(({ question, answer }) => [question, answer])
  return JSON.stringify(['bdc-receipt-1', attemptNumber, startedAt, submittedAt, given])
}

/** Crockford's Base32: no letter that looks like a digit. Source: https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 12

/** The first 60 bits of a digest (hex) as people can read them out: `7Q2K-9M4X-0VTB`. */
export function receiptCode(digest: string): string {
  const bits = BigInt(`0x${digest.slice(0, 15)}`)
  const places = Array.from({ length: codeLength }, (_, place) => 5n * BigInt(codeLength - 1 - place))
  const letters = places.map((place) => alphabet[Number((bits >> place) & 31n)]).join('')
  return letters.replace(/.{4}(?=.)/g, '$&-')
}

/** A code as somebody typed or scanned it, in the form in which it is stored; undefined when it cannot be one. */
export function readReceiptCode(typed: string): string | undefined {
  const letters = latinDigits(typed).toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const isCode = letters.length === codeLength && [...letters].every((letter) => alphabet.includes(letter))
  return isCode ? letters.replace(/.{4}(?=.)/g, '$&-') : undefined
}
