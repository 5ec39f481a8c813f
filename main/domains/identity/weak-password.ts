import { weaknessOf } from '../../../shared/new-password.ts'
import { Refusal } from '../../../shared/refusal.ts'

const keys = { common: 'identity.passwordCommon', personal: 'identity.passwordPersonal' } as const

export function refuseWeak(password: string, { name, email }: { name: string; email: string }) {
  const weakness = weaknessOf(password, [name, email])
  if (weakness) throw new Refusal('invalid', keys[weakness])
}
