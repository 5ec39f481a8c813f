const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ'
const lowered = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ'
const level = '0123456789+-=()ni'

/** `2` becomes `²`. What has no raised form is marked as in formulas typed by hand: `^(abc)`. */
export function superscript(word: string): string {
  return moved(word, raised) ?? `^(${word})`
}

/** `2` becomes `₂`, and what has no lowered form `_(abc)`. */
export function subscript(word: string): string {
  return moved(word, lowered) ?? `_(${word})`
}

function moved(word: string, forms: string): string | undefined {
  const places = [...word.replace(/\u2212/g, '-')].map((character) => level.indexOf(character))
  return places.includes(-1) ? undefined : places.map((place) => forms[place]).join('')
}
