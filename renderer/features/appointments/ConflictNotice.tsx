import { Alert } from '@mantine/core'
import { IconCalendarX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../shared/contract/appointments.ts'
import classes from './appointments.module.css'
import { whenOf } from './use-move.ts'

/** What else is at that time. It may be saved all the same. */
export function ConflictNotice({ found }: { found: readonly Conflict[] }) {
  const { t } = useTranslation('appointments')
  return (
    <Alert
      role="status"
      color="saffron"
      variant="light"
      icon={<IconCalendarX aria-hidden />}
      title={t('conflict.title')}
    >
      <ConflictList found={found} />
    </Alert>
  )
}

export function ConflictList({ found }: { found: readonly Conflict[] }) {
  const { t } = useTranslation('appointments')
  return (
    <ul className={classes.conflicts}>
      {found.map(({ startTime, endTime, title, causes }, index) => (
        <li key={`${startTime} ${index}`}>
          {whenOf({ startTime, endTime })}: <bdi>{title ?? t('conflict.somebodyElses')}</bdi> (
          {causes.map((cause) => t(`conflict.${cause}`)).join(', ')})
        </li>
      ))}
    </ul>
  )
}
