import { Button, CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../lib/format.ts'
import classes from './bulk.module.css'
import type { Choosing } from './use-selection.ts'

interface SelectionBarProps {
  choosing: Choosing
  /** How many the list shows; null where nobody counted. */
  total: number | null
  children: ReactNode
}

/** How many rows are chosen, and what can be done with them; not there while none is. */
export function SelectionBar({ choosing, total, children }: SelectionBarProps) {
  const { t } = useTranslation('bulk')
  const { selection, count, isEmpty, all, clear } = choosing
  if (isEmpty) return null
  const number = count === null ? '' : formatNumber(count)
  const sentence = selection.isAll ? t(count === null ? 'allFound' : 'all', { number }) : t('chosen', { number })
  return (
    <section className={classes.bar} aria-label={t('selection')}>
      <span role="status" className={classes.words}>
        {sentence}
      </span>
      {!selection.isAll && count !== total && (
        <Button variant="subtle" size="xs" onClick={all}>
          {total === null ? t('chooseAll') : t('chooseAllOf', { number: formatNumber(total) })}
        </Button>
      )}
      <span className={classes.space} />
      {children}
      <CloseButton aria-label={t('clear')} onClick={clear} />
    </section>
  )
}
