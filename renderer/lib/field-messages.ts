import i18next from 'i18next'
import * as z from 'zod'

type Issue = z.core.$ZodRawIssue

/** From now on the contract's schemas explain themselves in the language of the screen. */
export function startFieldMessages() {
  z.config({ customError: fieldMessage })
}

function fieldMessage(issue: Issue): string {
  const t = i18next.getFixedT(null, 'common')
  switch (issue.code) {
    case 'too_small':
      if (issue.origin !== 'string') return t('field.tooSmall', { minimum: String(issue.minimum) })
      return issue.minimum === 1 ? t('field.required') : t('field.tooShort', { count: Number(issue.minimum) })
    case 'too_big':
      if (issue.origin !== 'string') return t('field.tooBig', { maximum: String(issue.maximum) })
      return t('field.tooLong', { count: Number(issue.maximum) })
    case 'invalid_format':
      if (issue.format === 'email') return t('field.email')
      if (issue.format === 'date') return t('field.date')
      return issue.format === 'datetime' ? t('field.dateTime') : t('field.invalid')
    case 'invalid_type':
      if (issue.expected === 'int') return t('field.wholeNumber')
      return issue.expected === 'number' ? t('field.number') : t('field.required')
    case 'invalid_value':
      return t('field.choose')
    case 'custom':
      if (issue.params?.['says'] === 'year') return t('field.year')
      return issue.params?.['says'] === 'born' ? t('field.born') : t('field.invalid')
    default:
      return t('field.invalid')
  }
}
