const marks = /\p{M}+/gu
const arabicTatweel = /\u0640/g
const arabicAlef = /[\u0622\u0623\u0625\u0671]/g

/**
 * The form of a text in which people look for it: no case, no accents, no Arabic spelling variants, single spaces.
 * Used for search and for ordering names.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(arabicTatweel, '')
    .replace(arabicAlef, '\u0627')
    .replace(/\u0649/g, '\u064a')
    .replace(/\u0629/g, '\u0647')
    .replace(/\s+/g, ' ')
    .trim()
}
