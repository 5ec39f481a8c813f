import type { QtiTexts } from './qti-texts.ts'
import { attribute, descendants } from './qti-xml.ts'
import { childrenNamed, type XmlElement } from './xml.ts'

export interface Feedback {
  /** What is said to whoever gave the answer with this identifier. */
  forAnswer(identifier: string): string | undefined
  /** What belongs to no answer. */
  general(): string | undefined
}

const right = /^(correct|right|true|ok)$/i
const wrong = /^(incorrect|wrong|false|ko)$/i

/** What an item (in the spelling of QTI 2) says after the answer. Each text is given out once. */
export function feedbackOf(item: XmlElement, answers: ReadonlySet<string>, texts: QtiTexts): Feedback {
  const inline = descendants(item, new Set(['feedbackInline', 'feedbackBlock']))
  const all = [...childrenNamed(item, 'modalFeedback'), ...inline].map((element) => ({
    identifier: attribute(element, 'identifier') ?? '',
    text: texts.readText(element),
  }))
  const said = (chosen: typeof all) =>
    chosen
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('\n') || undefined
  return {
    forAnswer: (identifier) => said(all.filter((one) => one.identifier === identifier)),
    general: () =>
      said(
        all
          .filter(({ identifier }) => !answers.has(identifier))
          .map(({ identifier, text }) => ({ identifier, text: text && `${markFor(identifier)}${text}` })),
      ),
  }
}

/** Everybody reads what belongs to no answer, so what is meant for one result is marked as such in no language. */
function markFor(identifier: string): string {
  return right.test(identifier) ? '✓ ' : wrong.test(identifier) ? '✗ ' : ''
}
