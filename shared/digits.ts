/** A text with the digits that Arabic, Persian and Urdu keyboards write as 0 to 9. */
export function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}

/** The digits of a text and nothing else of it, as 0 to 9. */
export function digitsIn(text: string): string {
  return latinDigits(text).replace(/\D/g, '')
}
