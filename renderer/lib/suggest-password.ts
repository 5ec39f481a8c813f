/** Letters and digits that nobody mixes up when a password is read out or written on paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Three groups of four, about 59 bits: short enough to be said, long enough until it is changed. */
export function suggestPassword(): string {
  return Array.from({ length: 3 }, () => Array.from({ length: 4 }, randomLetter).join('')).join('-')
}

/** Draws again where the remainder would make the first letters of the alphabet likelier. */
function randomLetter(): string {
  const fair = 256 - (256 % alphabet.length)
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
  return byte < fair ? alphabet.charAt(byte % alphabet.length) : randomLetter()
}
