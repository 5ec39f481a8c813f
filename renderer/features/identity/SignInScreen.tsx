import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { EntryFrame } from '../../ui/EntryFrame.tsx'
import { SignInForm } from './SignInForm.tsx'

export function SignInScreen() {
  const { t } = useTranslation(['identity', 'setup'])
  const { data: status } = useSuspenseQuery(api.setup.status.queryOptions())
  const title = status.organizationName ? t('signIn.to', { name: status.organizationName }) : t('signIn.title')
  return (
    <EntryFrame
      title={title}
      cover={
        <>
          <h2>{t('setup:cover.title')}</h2>
          <p>{t('setup:cover.text')}</p>
        </>
      }
    >
      <SignInForm title={title} isPractice={status.isPractice} />
    </EntryFrame>
  )
}
