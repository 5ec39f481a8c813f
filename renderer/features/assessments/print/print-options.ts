export const paperSizes = ['a4', 'letter'] as const
export type PaperSize = (typeof paperSizes)[number]

export const printParts = ['questions', 'answerSheet', 'key'] as const
export type PrintPart = (typeof printParts)[number]

export interface PrintOptions {
  paper: PaperSize
  parts: Record<PrintPart, boolean>
  /** How many versions of a paper that is shuffled. */
  versions: number
}

/** Letter is the paper of North America; everywhere else it is A4. */
export function ordinaryOptions(language: string): PrintOptions {
  const region = new Intl.Locale(language).maximize().region ?? ''
  return {
    paper: ['US', 'CA', 'MX'].includes(region) && language.includes('-') ? 'letter' : 'a4',
    parts: { questions: true, answerSheet: false, key: false },
    versions: 2,
  }
}

/** What stands at the top of the sheets. */
export interface PaperHeading {
  title: string
  description: string
  /** Minutes. */
  timeLimit: number | null
}
