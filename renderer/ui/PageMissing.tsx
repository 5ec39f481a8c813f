import { IconCompass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from './ButtonLink.tsx'
import { EmptyState } from './EmptyState.tsx'
import { usePageTitle } from './page-title.ts'

/** An address that leads nowhere. */
export function PageMissing() {
  const { t } = useTranslation()
  usePageTitle(t('missing.title'))
  return (
    <main style={{ display: 'grid', minHeight: '100dvh' }}>
      <EmptyState
        icon={IconCompass}
        title={t('missing.title')}
        titleOrder={1}
        action={<ButtonLink to="/">{t('missing.home')}</ButtonLink>}
      >
        {t('missing.text')}
      </EmptyState>
    </main>
  )
}
