const marks = /\p{M}+/gu
const arabicTatweel = /\u0640/g
const arabicAlef = /[\u0622\u0623\u0625\u0671]/g

/**
 * The form of a text in which people look for it: no case, no accents, no Arabic spelling variants, single spaces.
 * Used for search, for ordering names, and for comparing short answers, whose authors may want case or accents to count.
 */
export function fold(
  text: string,
  keep: { caseMatters?: true | undefined; accentsMatter?: true | undefined } = {},
): string {
  const cased = keep.caseMatters ? text.normalize('NFKD') : text.normalize('NFKD').toLowerCase()
  const spelt = keep.accentsMatter ? cased.normalize('NFKC') : withoutAccents(cased)
  return spelt.replace(/\s+/g, ' ').trim()
}

/** What somebody looks for, word by word: letters and digits, folded; anything else parts words. */
export function searchWords(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
}

function withoutAccents(text: string): string {
  return text
    .replace(marks, '')
    .replace(arabicTatweel, '')
    .replace(arabicAlef, '\u0627')
    .replace(/\u0649/g, '\u064a')
    .replace(/\u0629/g, '\u0647')
}
