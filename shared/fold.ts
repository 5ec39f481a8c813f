import { latinDigits } from './digits.ts'

const marks = /\p{M}+/gu
/** Half-spaces of Persian, marks of direction, soft hyphens, and tatweel. */
const unseen = /[\p{Cf}\u0640]+/gu

/** One letter under several codes: kaf, yeh, heh and teh marbuta of Persian and Urdu keyboards, as Arabic ones write them. */
const sameLetter = lettersAs('\u06a9\u0643 \u06cc\u064a \u06c1\u0647 \u06c3\u0629')

/**
 * Latin letters that do not come apart into a letter and a mark. Of Arabic ones: alef with wasla, alef maksura, teh marbuta,
 * the hehs of Urdu and Kurdish, swash kaf.
 */
const plainLetter = lettersAs(
  `łl øo đd ðd ħh ŧt ıi æae œoe ßss þth ŁL ØO ĐD ÐD ĦH ŦT ÆAe ŒOe ẞSS ÞTh
  \u0671\u0627 \u0649\u064a \u0629\u0647 \u06be\u0647 \u06d5\u0647 \u06aa\u0643`,
)

/**
 * The form of a text in which people look for it: no case, no accents, no Arabic spelling variants, digits of one kind,
 * single spaces. Used for search, for ordering names, and for comparing short answers, whose authors may want case or
 * accents to count. It is also stored: a change needs a step like `0007-folded-anew` in `migrations/sqlite`.
 */
export function fold(
  text: string,
  keep: { caseMatters?: true | undefined; accentsMatter?: true | undefined } = {},
): string {
  const whole = sameLetter(latinDigits(text.normalize('NFKD')).replace(unseen, ''))
  const cased = keep.caseMatters ? whole : whole.toLowerCase()
  const spelt = keep.accentsMatter ? cased.normalize('NFKC') : plainLetter(cased.replace(marks, ''))
  return spelt.replace(/\s+/g, ' ').trim()
}

/** What somebody looks for, word by word: letters and digits, folded; anything else parts words. */
export function searchWords(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
}

/** Each word begins with a letter, and goes on with what takes its place. */
function lettersAs(words: string) {
  const others = new Map(words.split(/\s+/).map((word) => [word.slice(0, 1), word.slice(1)]))
  const letters = new RegExp(`[${[...others.keys()].join('')}]`, 'g')
  return (text: string) => text.replace(letters, (letter) => others.get(letter) ?? letter)
}
