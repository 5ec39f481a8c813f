export const paperSizes = ['a4', 'letter'] as const
export type PaperSize = (typeof paperSizes)[number]

/** Letter is the paper of North America; everywhere else it is A4. */
export function ordinaryPaper(language: string): PaperSize {
  const region = new Intl.Locale(language).maximize().region ?? ''
  return ['US', 'CA', 'MX'].includes(region) && language.includes('-') ? 'letter' : 'a4'
}
