import i18next, { type TFunction } from 'i18next'
import { expect, it } from 'vitest'
import { everybodyIn, howMany, type OnList } from '../../renderer/features/beneficiaries/everybody-in.ts'
import { mostNames } from '../../shared/contract/beneficiaries.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'

const whole = { order: 'name', search: '' } as const

/** As the paper says it. */
async function said(language: string, list: OnList) {
  const file = `../../renderer/locales/${language}/beneficiaries.json`
  const { default: texts } = (await import(file)) as { default: Record<string, unknown> }
  await i18next.init({
    lng: language,
    ns: 'beneficiaries',
    defaultNS: 'beneficiaries',
    resources: { [language]: { beneficiaries: texts } },
    interpolation: { escapeValue: false },
  })
  return howMany(list, i18next.t as TFunction<'beneficiaries'>)
}

it('puts the first 2,000 people of a longer list on paper, and says of how many, or that more of them match', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const names = Array.from({ length: 2003 }, (_, index) => (index < 3 ? `Zaina ${index}` : `Amina ${index}`))
  for (let from = 0; from < names.length; from += mostNames) {
    await admin.beneficiaries.registerMany({ names: names.slice(from, from + mostNames) })
  }

  const three = await everybodyIn(admin.beneficiaries, { ...whole, search: 'zaina' })
  expect(await said('en', three)).toBe('3 people')

  const all = await everybodyIn(admin.beneficiaries, whole)
  expect(new Set(all.people.map(({ id }) => id)).size).toBe(2000)
  expect(all.people.filter(({ name }) => name.startsWith('Zaina'))).toEqual([])
  expect(await said('en', all)).toBe('The first 2,000 of 2,003. Saving the list as a file gives all of them.')
  expect(await said('fr', all)).toMatch(/^Les 2\s000 premiers sur 2\s003\./)
  expect(await said('ar', all)).toMatch(/2,000.*2,003/)

  await admin.beneficiaries.registerMany({ names: ['Amina Last'] })
  const many = await everybodyIn(admin.beneficiaries, { ...whole, search: 'amina' })
  expect(many.people).toHaveLength(2000)
  expect(await said('en', many)).toMatch(/^The first 2,000\. /)
})
