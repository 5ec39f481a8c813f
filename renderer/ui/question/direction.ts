import { wordsOf } from './formulas.ts'

/** Which way a text runs, by its first letter outside of formulas; undefined where it has none and the screen may decide. */
export function directionOf(text: string): 'rtl' | 'ltr' | undefined {
  const [letter] = /\p{L}/u.exec(wordsOf(text)) ?? []
  if (letter === undefined) return undefined
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter)
    ? 'rtl'
    : 'ltr'
}
