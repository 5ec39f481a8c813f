import { expect, it } from 'vitest'
import { strengthOf } from '../../renderer/ui/password-strength.ts'

it.each(['password12345', 'Password2026!', 'motdepasse2026', 'bienvenue2026'])(
  'calls %s easy to guess, which would be refused',
  (password) => {
    expect(strengthOf(password)).toBe('weak')
  },
)

it('calls the name or the address of its owner easy to guess', () => {
  const own = ['Amina El Haddad', 'amina.haddad@example.org']
  expect([strengthOf('amina.haddad@example.org', own), strengthOf('AminaElHaddad2026', ['AminaElHaddad'])]).toEqual([
    'weak',
    'weak',
  ])
  expect(strengthOf('amina.haddad@example.org')).toBe('strong')
})

it('calls several words strong', () => {
  expect(strengthOf('seven green boats', ['Amina El Haddad', ''])).toBe('strong')
})
