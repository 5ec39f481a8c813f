import { weaknessOf } from '../../shared/new-password.ts'

export type PasswordStrength = 'short' | 'weak' | 'fair' | 'strong'

const alphabets = [
  { letters: /[a-z]/, size: 26 },
  { letters: /[A-Z]/, size: 26 },
  { letters: /\d/, size: 10 },
  { letters: /[^a-zA-Z\d]/, size: 32 },
]

/**
 * A rough guess of how long a password stands, by its length, its alphabet and its repetitions. What would be refused is
 * weak; `own` are the name and the e-mail address of whose it will be, as far as the form knows.
 */
export function strengthOf(password: string, own: readonly string[] = []): PasswordStrength {
  if (password.length < 8) return 'short'
  if (weaknessOf(password, own)) return 'weak'
  const alphabet = alphabets.reduce((sum, { letters, size }) => sum + (letters.test(password) ? size : 0), 0)
  const variety = new Set(password.toLowerCase()).size
  const bits = Math.min(password.length, variety * 1.6) * Math.log2(alphabet)
  if (bits < 45) return 'weak'
  return bits < 65 ? 'fair' : 'strong'
}
