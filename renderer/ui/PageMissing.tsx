import { IconCompass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from './ButtonLink.tsx'
import { EmptyState } from './EmptyState.tsx'
import { usePageTitle } from './page-title.ts'

export function PageMissing() {
  const { t } = useTranslation()
  usePageTitle(t('missing.title'))
  return (
    <EmptyState
      icon={IconCompass}
      title={t('missing.title')}
      action={<ButtonLink to="/">{t('missing.home')}</ButtonLink>}
    >
      {t('missing.text')}
    </EmptyState>
  )
}
