import { expect, it } from 'vitest'
import { practiceEmail, practicePassword } from '../../main/domains/setup/practice.ts'
import { practiceSignIn } from '../../renderer/lib/practice-sign-in.ts'

it('tells everybody the sign-in that the practice centre really has', () => {
  expect(practiceSignIn).toEqual({ email: practiceEmail, password: practicePassword })
})
