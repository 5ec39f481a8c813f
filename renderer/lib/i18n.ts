import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, languageKey, preferredLanguage } from './preferred-language.ts'

/** `locales/<language>/<namespace>.json`: one namespace per feature, plus `common` and `refusal`. */
const files = import.meta.glob<Record<string, unknown>>('../locales/*/*.json', { eager: true, import: 'default' })

function resources() {
  const all: Record<string, Record<string, Record<string, unknown>>> = {}
  for (const [path, texts] of Object.entries(files)) {
    const [, language, namespace] = /locales\/(\w+)\/(\w+)\.json$/.exec(path) ?? []
    if (language && namespace) (all[language] ??= {})[namespace] = texts
  }
  return all
}

function applyToDocument(language: string) {
  document.documentElement.lang = language
  document.documentElement.dir = i18next.dir(language)
}

export async function startI18n() {
  i18next.on('languageChanged', applyToDocument)
  await i18next.use(initReactI18next).init({
    lng: preferredLanguage(),
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: resources(),
    interpolation: { escapeValue: false },
  })
}

export async function changeLanguage(language: Language) {
  localStorage.setItem(languageKey, language)
  await i18next.changeLanguage(language)
}
