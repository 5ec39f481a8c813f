import { expect, it } from 'vitest'
import { pastedNames } from '../../renderer/features/beneficiaries/pasted-names.ts'

it('says which lines are too long for a name and which names stand there twice', () => {
  const text = `Amina Haddad\n${'x'.repeat(101)}\namina  haddad`
  expect(pastedNames(text)).toEqual({
    names: ['Amina Haddad', 'amina haddad'],
    repeated: ['amina haddad'],
    tooLong: [2],
  })
})

it('takes the names out of numbered lists, bullets, columns of a sheet and empty lines', () => {
  const text = '1. Amina Haddad\r\n2) Bilal Ben Ali\r\n\r\n- Chloé\n• أحمد الحسن\nDubois\tÉlodie\n٣. سلمى\n007 Bond'
  const { names } = pastedNames(text)
  expect(names).toEqual(['Amina Haddad', 'Bilal Ben Ali', 'Chloé', 'أحمد الحسن', 'Dubois Élodie', 'سلمى', '007 Bond'])
})
