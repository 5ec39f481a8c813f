import { Button } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './EmptyState.tsx'
import { usePageTitle } from './page-title.ts'

export function PageMissing() {
  const { t } = useTranslation()
  usePageTitle(t('missing.title'))
  return (
    <EmptyState
      icon={IconCompass}
      title={t('missing.title')}
      action={
        <Button component={Link} to="/">
          {t('missing.home')}
        </Button>
      }
    >
      {t('missing.text')}
    </EmptyState>
  )
}
