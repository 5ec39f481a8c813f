import { Badge, Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MenuItem } from '../../../../shared/contract/delivery.ts'
import { formatPercent } from '../../../lib/format.ts'
import classes from './MenuList.module.css'

/** How the newest finished attempt went, in a word or a percentage. */
export function LastResult({ item }: { item: MenuItem }) {
  const { t } = useTranslation('kiosk')
  const [last] = item.ended
  if (!last || item.runningAttemptId !== null) return null
  if (last.percentage === null) {
    return (
      <Badge size="xl" color="saffron">
        {t('menu.waiting')}
      </Badge>
    )
  }
  return (
    <Badge size="xl" color={last.passed === false ? 'gray' : 'pine'}>
      {last.passed === null ? t('menu.finished') : t(last.passed ? 'outcome.passed' : 'outcome.failed')}
      {' · '}
      {formatPercent(last.percentage)}
    </Badge>
  )
}

/** The results before the newest one. */
export function EndedAttempts({ item }: { item: MenuItem }) {
  const { t } = useTranslation('kiosk')
  const navigate = useNavigate()
  const earlier = item.ended.slice(1)
  if (earlier.length === 0) return null
  return (
    <details className={classes.earlier}>
      <summary>{t('menu.earlier')}</summary>
      <ul>
        {earlier.map(({ attemptId, percentage }, index) => (
          <li key={attemptId}>
            <Button
              size="lg"
              variant="default"
              onClick={() => void navigate({ to: '/learn/$attemptId', params: { attemptId } })}
            >
              {t('menu.resultOf', { number: earlier.length - index })}
              {percentage !== null && ` · ${formatPercent(percentage)}`}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
