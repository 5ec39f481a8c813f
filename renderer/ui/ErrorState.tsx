import { Button } from '@mantine/core'
import { IconCloudOff, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { explain } from '../lib/errors.ts'
import { refusalOf } from '../lib/refusal.ts'
import { EmptyState } from './EmptyState.tsx'

interface ErrorStateProps {
  error: unknown
  /** 1 where this is all there is on the page. */
  titleOrder?: 1 | 2
  onRetry: () => void
}

/** A list or page that could not be loaded: why, and one button to try again. */
export function ErrorState({ error, titleOrder = 2, onRetry }: ErrorStateProps) {
  const { t } = useTranslation()
  return (
    <div role="alert">
      <EmptyState
        icon={refusalOf(error) ? IconInfoCircle : IconCloudOff}
        title={t('error.cannotShow')}
        titleOrder={titleOrder}
        action={<Button onClick={onRetry}>{t('action.tryAgain')}</Button>}
      >
        {explain(error)}
      </EmptyState>
    </div>
  )
}
