import { expect, it } from 'vitest'
import { weaknessOf } from '../../shared/new-password.ts'

const own = ['Amina El Haddad', 'amina.haddad@example.org']

it.each([
  'password',
  'PASSWORD1',
  'azerty123',
  '12345678',
  '98765432',
  'aaaaaaaa',
  'Motdepasse!',
  '1234567890',
  '123soleil',
  'كلمةالسر',
  'abcdefgh',
])('knows %s as one of the first that are tried', (password) => {
  expect(weaknessOf(password, own)).toBe('common')
})

it.each(['amina el haddad', 'Haddad2026', 'amina.haddad@example.org', '  amina  ', 'AMINA!!!!'])(
  'knows %s as the name or the address of its owner',
  (password) => {
    expect(weaknessOf(password, own)).toBe('personal')
  },
)

it.each(['correct horse', 'haddad eats green apples', 'passwords are long here', 'el-niño-99', 'ten12345tens'])(
  'takes %s',
  (password) => {
    expect(weaknessOf(password, own)).toBeUndefined()
  },
)
