import { Formula } from './Formula.tsx'
import { partsOf } from './formulas.ts'

/** A text that somebody wrote, with its formulas set. Everything else in it is shown as it stands. */
export function RichText({ text }: { text: string }) {
  if (!text.includes('\\')) return text
  return partsOf(text).map((part, index) =>
    part.kind === 'words' ? part.text : <Formula key={index} tex={part.text} isDisplay={part.kind === 'display'} />,
  )
}
