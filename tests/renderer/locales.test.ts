import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusalKeys } from '../../shared/refusal.ts'

const renderer = join(import.meta.dirname, '../../renderer')
const languages = ['en', 'fr', 'ar']
const namespaces = readdirSync(join(renderer, 'locales/en')).map((file) => file.replace('.json', ''))
const pluralForm = /_(zero|one|two|few|many|other)$/

type Texts = { [key: string]: string | Texts }

function textsOf(language: string, namespace: string): Map<string, string> {
  const texts = JSON.parse(readFileSync(join(renderer, 'locales', language, `${namespace}.json`), 'utf8')) as Texts
  return new Map(flat(texts))
}

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[path + key, text] as [string, string]] : flat(text, `${path}${key}.`),
  )
}

/** Keys without their plural forms, each once. */
function meanings(texts: Map<string, string>): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(pluralForm, '')))].sort()
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? '').filter((name) => name !== 'count')
}

function pluralsOf(texts: Map<string, string>): Map<string, string[]> {
  const plurals = new Map<string, string[]>()
  for (const key of texts.keys()) {
    const [, form] = pluralForm.exec(key) ?? []
    const meaning = key.replace(pluralForm, '')
    if (form) plurals.set(meaning, [...(plurals.get(meaning) ?? []), form])
  }
  return plurals
}

it('has the same files in every language', () => {
  for (const language of languages) {
    expect(readdirSync(join(renderer, 'locales', language)).sort()).toEqual(
      namespaces.map((name) => `${name}.json`).sort(),
    )
  }
})

describe.each(namespaces)('the words of %s', (namespace) => {
  const english = textsOf('en', namespace)

  it.each(['fr', 'ar'])('say in %s whatever they say in English', (language) => {
    expect(meanings(textsOf(language, namespace))).toEqual(meanings(english))
  })

  it.each(languages)('have all plural forms that %s needs', (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const [meaning, forms] of pluralsOf(textsOf(language, namespace))) {
      const missing = needed.filter((form) => !forms.includes(form))
      // Any language may say "none" in words of its own.
      const needless = forms.filter((form) => form !== 'zero' && !needed.some((category) => category === form))
      expect({ meaning, missing, needless }).toEqual({ meaning, missing: [], needless: [] })
    }
  })

  it.each(['fr', 'ar'])('have the same gaps to fill in %s as in English', (language) => {
    const englishGaps = new Map<string, Set<string>>()
    for (const [key, text] of english) {
      const meaning = key.replace(pluralForm, '')
      englishGaps.set(meaning, new Set([...(englishGaps.get(meaning) ?? []), ...placeholders(text)]))
    }
    for (const [key, text] of textsOf(language, namespace)) {
      const known = englishGaps.get(key.replace(pluralForm, '')) ?? new Set()
      expect({ key, unknown: placeholders(text).filter((name) => !known.has(name)) }).toEqual({ key, unknown: [] })
    }
  })

  it.each(languages)('are empty nowhere in %s', (language) => {
    expect([...textsOf(language, namespace)].filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

it('has a sentence for every refusal and none for others', () => {
  expect([...textsOf('en', 'refusal').keys()].sort()).toEqual([...refusalKeys].sort())
})

it('has no words that no screen says', () => {
  const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(renderer, file), 'utf8'))
    .join('\n')
  const unsaid = namespaces
    .filter((namespace) => namespace !== 'refusal')
    .flatMap((namespace) => meanings(textsOf('en', namespace)).filter((key) => !isSaid(sources, key)))
  expect(unsaid).toEqual([])
})

/** Written out as it is, or put together from a beginning that is: `status.${status}`. */
function isSaid(sources: string, key: string): boolean {
  const steps = key.split('.')
  const beginnings = steps.slice(1).map((_, index) => `${steps.slice(0, index + 1).join('.')}.\${`)
  const isWhole = new RegExp(`['"\`:]${key.replaceAll('.', '\\.')}['"\`]`).test(sources)
  return isWhole || beginnings.some((beginning) => sources.includes(beginning))
}
