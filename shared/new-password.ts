/** Why a new password is not taken, besides its length. */
export type PasswordWeakness = 'common' | 'personal'

/** What is tried first everywhere, in the languages of the screens; in small letters and without what is put at an end. */
const commonest = new Set(
  `password passw0rd p@ssword p@ssw0rd passwort motdepasse mdp changeme letmein welcome bienvenue bonjour administrator
  administrateur admin trainer formateur practice iloveyou jetaime sunshine princess football baseball superman batman
  dragon monkey master shadow michael jordan starwars whatever computer internet qwerty qwertyui qwertyuiop qwertz azerty
  azertyui azertyuiop qazwsx qazwsxedc zaq1zaq1 q1w2e3r4 1q2w3e4r 1q2w3e4r5t 1qaz2wsx asdfghjk asdfghjkl asdfasdf zxcvbnm
  abcdefgh abcd1234 abc12345 a1b2c3d4 test testtest test1234 secret secret123 trustno1 doudou soleil chouchou loulou
  كلمةالسر كلمةالمرور مرحبا السلامعليكم محمد الحمدلله بسمالله`.split(/\s+/),
)

/** Undefined when nothing speaks against it. `own` are the name and the e-mail address of whose it will be. */
export function weaknessOf(password: string, own: readonly string[] = []): PasswordWeakness | undefined {
  const folded = password.toLowerCase()
  const core = folded.replace(/^[\d\W_]+(?=\p{L})|(?<=\p{L})[\d\W_]+$/gu, '').replaceAll(' ', '')
  if (commonest.has(folded) || commonest.has(core) || isRow(folded)) return 'common'
  const parts = own.flatMap((text) => [text, ...text.split(/[\s@.]+/)]).map((text) => text.toLowerCase().trim())
  const isPersonal = parts.some((part) => part.length >= 3 && (folded === part || core === part))
  return isPersonal ? 'personal' : undefined
}

/** One letter again and again, or letters that count up or down: 11111111, 12345678, 87654321, abcdefgh. */
function isRow(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0))
  const wraps = (step: number) => (step === -9 ? 1 : step === 9 ? -1 : step)
  const kinds = new Set(steps.map(wraps))
  return kinds.size <= 1 && [0, 1, -1].includes([...kinds][0] ?? 0)
}
