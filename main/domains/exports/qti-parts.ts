/** What differs between the kinds of questions in an item. */
export interface ItemParts {
  response: string
  interaction: string
  /** Rules that set CREDIT, in percent, and FEEDBACK. */
  processing: string
  /** By the identifier under which FEEDBACK names it. */
  feedback: [identifier: string, text: string | undefined][]
}

/** An interaction that may stay empty is said so in an attribute of ours, which others pass over. */
export function optional(required: boolean): string {
  return required ? '' : ' data-required="false"'
}
