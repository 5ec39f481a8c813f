import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { HeadOfficeKeyForm } from './HeadOfficeKeyForm.tsx'
import { HelpedUsers } from './HelpedUsers.tsx'
import { LockSettingsForm } from './LockSettingsForm.tsx'

/** How an administrator helps somebody back in, and the rules for everybody's screens. */
export function SignInHelpScreen() {
  const { t } = useTranslation('identity')
  const help = useQuery(api.identity.helpList.queryOptions())
  const settings = useQuery(api.identity.signInSettings.queryOptions())
  return (
    <Page>
      <PageHeader title={t('help.title')} note={t('help.note')} />
      <Section title={t('help.people')} note={t('help.peopleNote')}>
        {help.isPending && <LoadingRows count={3} />}
        {help.isError && <ErrorState error={help.error} onRetry={() => void help.refetch()} />}
        {help.data && <HelpedUsers users={help.data.users} />}
      </Section>
      <Section title={t('help.lock')} note={t('help.lockNote')}>
        {settings.isPending && <LoadingRows count={1} />}
        {settings.isError && <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />}
        {settings.data && <LockSettingsForm settings={settings.data} />}
      </Section>
      <Section title={t('help.office')} note={t('help.officeNote')}>
        {settings.data && <HeadOfficeKeyForm headOfficeKey={settings.data.headOfficeKey} />}
      </Section>
    </Page>
  )
}
