import { ordinaryPaper, type PaperSize } from '../../../lib/paper-size.ts'

export const printParts = ['questions', 'answerSheet', 'key'] as const
export type PrintPart = (typeof printParts)[number]

export interface PrintOptions {
  paper: PaperSize
  parts: Record<PrintPart, boolean>
  /** How many versions of a paper that is shuffled. */
  versions: number
}

export function ordinaryOptions(language: string): PrintOptions {
  return {
    paper: ordinaryPaper(language),
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
