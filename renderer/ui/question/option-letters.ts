const latin = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** The numbering order of Arabic lists, long enough for the 26 options a question may have. */
const abjad = [...'أبجدهوزحطيكلمنسعفصقرشتثخذض']

/** The letters that stand before options in this language. */
export function optionLetters(language: string): readonly string[] {
  return language.startsWith('ar') ? abjad : latin
}

/** Which option a key chooses, counted from 0: a digit by its place on the keyboard, or a letter as shown or Latin. */
export function optionOfKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>, language: string): number | undefined {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]
  if (digit) return Number(digit) - 1
  const letter = key.toUpperCase().replace(/[اإآ]/, 'أ')
  const shown = optionLetters(language).indexOf(letter)
  const index = shown >= 0 ? shown : latin.indexOf(letter)
  return index >= 0 ? index : undefined
}
