import { latinDigits } from './digits.ts'

/** Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O and U, so that it can be read out and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Five bytes are eight letters; the ninth of a line says whether it was heard right. */
const bytesPerLine = 5
const lettersPerLine = 8

/** What was typed, with the letters that look or sound alike made one, and without spaces and hyphens. */
export function plainCode(typed: string): string {
  return latinDigits(typed)
    .toUpperCase()
    .replace(/[\s\-–.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}

/** In groups, as it is read out and printed. */
export function grouped(code: string, size = 4): string {
  return code.match(new RegExp(`.{1,${size}}`, 'g'))?.join('-') ?? ''
}

/** Five bits of each byte: for random letters. */
export function lettersOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet.charAt(byte & 31)).join('')
}

/**
 * Luhn's check for 32 letters (ISO/IEC 7812-1 annex B, in another base): finds every wrong letter and nearly every swap of
 * two neighbours. `line` goes in, so that two lines that changed places are found too.
 */
export function checkLetter(letters: string, line = 0): string {
  const sum = [...letters].reverse().reduce((total, letter, index) => {
    const value = alphabet.indexOf(letter) * (index % 2 === 0 ? 2 : 1)
    return total + Math.floor(value / 32) + (value % 32)
  }, line)
  return alphabet.charAt((32 - (sum % 32)) % 32)
}

/** Lines of nine letters, each with its own check. */
export function spokenLines(bytes: Uint8Array): string[] {
  const count = Math.ceil(bytes.length / bytesPerLine)
  return Array.from({ length: count }, (_, line) => {
    const letters = encode(bytes.subarray(line * bytesPerLine, (line + 1) * bytesPerLine))
    return letters + checkLetter(letters, line)
  })
}

/** The bytes again, or the first line that is not as it was read out, counted from 1. */
export function heard(typed: string): { bytes: Uint8Array } | { wrongLine: number } {
  const lines = plainCode(typed).match(/.{1,9}/g) ?? []
  const wrong = lines.findIndex((line, index) => !isLine(line, index))
  if (wrong >= 0 || lines.length === 0) return { wrongLine: wrong + 1 || 1 }
  return { bytes: Uint8Array.from(lines.flatMap((line) => decode(line.slice(0, lettersPerLine)))) }
}

function isLine(line: string, index: number): boolean {
  const letters = line.slice(0, lettersPerLine)
  const isKnown = [...line].every((letter) => alphabet.includes(letter))
  return isKnown && line.length === lettersPerLine + 1 && checkLetter(letters, index) === line.charAt(lettersPerLine)
}

function encode(bytes: Uint8Array): string {
  const bits = Array.from({ length: bytesPerLine }, (_, index) =>
    (bytes[index] ?? 0).toString(2).padStart(8, '0'),
  ).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet.charAt(Number.parseInt(five, 2))).join('')
}

function decode(letters: string): number[] {
  const bits = [...letters].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return (bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2))
}
