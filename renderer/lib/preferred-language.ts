export const languages = { en: 'English', fr: 'Français', ar: 'العربية' } as const
export type Language = keyof typeof languages

export const languageKey = 'bdc.language'

/** What somebody chose at this screen, else what the browser asks for. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(languageKey) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2))
  return (wanted.find((tag) => tag in languages) ?? 'en') as Language
}
