import { Button } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { explain } from '../lib/errors.ts'
import { EmptyState } from './EmptyState.tsx'

/** A list or page that could not be loaded: why, and one button to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert">
      <EmptyState
        icon={IconCloudOff}
        title={t('error.cannotShow')}
        action={<Button onClick={onRetry}>{t('action.tryAgain')}</Button>}
      >
        {explain(error)}
      </EmptyState>
    </div>
  )
}
