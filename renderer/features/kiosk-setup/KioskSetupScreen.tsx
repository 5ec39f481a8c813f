import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { ExitPinForm } from './ExitPinForm.tsx'
import { SignInForm } from './SignInForm.tsx'
import { StartWithMachine } from './StartWithMachine.tsx'

/** How a machine becomes a kiosk and how learners take it. */
export function KioskSetupScreen() {
  const { t } = useTranslation('kioskSetup')
  const maySetUp = mayUse(actorKindOf(useMe()), 'kiosk.setSettings')
  return (
    <Page>
      <PageHeader title={t('title')} note={t('note')} />
      <Section title={t('cards.section')} note={t('cards.note')}>
        <ButtonLink to="/kiosk-setup/cards">{t('cards.open')}</ButtonLink>
      </Section>
      {maySetUp && <Settings />}
      <Section title={t('walls.title')} note={t('walls.note')}>
        <p>{t('bdcShell' in window ? 'walls.desktop' : 'walls.browser')}</p>
      </Section>
    </Page>
  )
}

function Settings() {
  const { t } = useTranslation('kioskSetup')
  const settings = useQuery(api.kiosk.settings.queryOptions())
  if (settings.isPending) return <LoadingRows count={3} />
  if (settings.isError) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
  return (
    <>
      <Section title={t('signIn.title')} note={t('signIn.note')}>
        <SignInForm settings={settings.data} />
      </Section>
      <Section title={t('exitPin.title')} note={t('exitPin.note')}>
        <ExitPinForm isSet={settings.data.hasExitPin} />
      </Section>
      <Section title={t('start.title')} note={t('start.note')}>
        <StartWithMachine />
      </Section>
    </>
  )
}
