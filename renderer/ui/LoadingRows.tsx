import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './LoadingRows.module.css'

/** The shape of a list before its rows are there. */
export function LoadingRows({ count = 8 }: { count?: number }) {
  const { t } = useTranslation()
  return (
    <div role="status" className={classes.rows}>
      <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className={classes.row}>
          <Skeleton circle height={36} />
          <Skeleton height={12} width={`${24 + ((row * 7) % 17)}%`} />
          <Skeleton height={12} width="18%" ms="auto" />
        </div>
      ))}
    </div>
  )
}
