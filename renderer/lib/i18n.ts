import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { ConnectionLost } from './connection.ts'
import { type Language, languageKey, preferredLanguage } from './preferred-language.ts'
import { toastProblem } from './toast.ts'

/** `locales/<language>/<namespace>.json`: one namespace per feature, plus `common` and `refusal`; the same keys in each language. */
const texts = {
  en: () => import('./texts/en.ts'),
  fr: () => import('./texts/fr.ts'),
  ar: () => import('./texts/ar.ts'),
} satisfies Record<Language, () => Promise<unknown>>

async function textsIn(language: Language) {
  const { files } = await texts[language]()
  return Object.fromEntries(
    Object.entries(files).map(([path, its]) => [/(\w+)\.json$/.exec(path)?.[1] ?? path, its] as const),
  )
}

function applyToDocument(language: string) {
  document.documentElement.lang = language
  document.documentElement.dir = i18next.dir(language)
}

export async function startI18n() {
  const language = preferredLanguage()
  i18next.on('languageChanged', applyToDocument)
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    resources: { [language]: await textsIn(language) },
    interpolation: { escapeValue: false },
  })
}

/** Where the texts do not come, because the program has ended meanwhile, says so in the language that stays. */
export async function changeLanguage(language: Language) {
  try {
    for (const [namespace, its] of Object.entries(await textsIn(language)))
      i18next.addResourceBundle(language, namespace, its)
    localStorage.setItem(languageKey, language)
    await i18next.changeLanguage(language)
  } catch {
    toastProblem(new ConnectionLost())
  }
}
