import { readRecoveryCode } from '../../shared/recovery-code.ts'
import { Refusal } from '../../shared/refusal.ts'

/** The code behind what was typed. A typing mistake is named and costs no try. */
export function readCode(text: string): string {
  const read = readRecoveryCode(text)
  if ('code' in read) return read.code
  if ('wrongGroup' in read) throw new Refusal('invalid', 'keys.wrongGroup', { group: read.wrongGroup })
  throw new Refusal('invalid', 'keys.codeLength', { letters: read.letters })
}
