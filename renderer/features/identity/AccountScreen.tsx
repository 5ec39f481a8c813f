import { SegmentedControl, Stack, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { mayUse } from '../../../shared/permissions.ts'
import { changeLanguage } from '../../lib/i18n.ts'
import { type Language, languages } from '../../lib/preferred-language.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { NotificationSettings } from '../../ui/news/NotificationSettings.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { ChangePasswordForm } from './ChangePasswordForm.tsx'
import { Machines } from './Machines.tsx'
import { VerifyForm } from './VerifyForm.tsx'

export function AccountScreen() {
  const { t } = useTranslation(['identity', 'calendarAccounts'])
  const me = useMe()
  if (me.kind !== 'user') return null
  const facts = [
    { name: t('account.name'), value: me.user.name },
    { name: t('account.email'), value: <bdi>{me.user.email}</bdi> },
    { name: t('account.role'), value: t(`role.${me.user.role}`) },
    ...(me.organization ? [{ name: t('account.centre'), value: me.organization.name }] : []),
  ]
  return (
    <Page>
      <PageHeader title={t('account.title')} />
      {!me.isVerified && (
        <Section title={t('verify.title')} note={t('verify.text')}>
          <VerifyForm />
        </Section>
      )}
      <Section title={t('account.about')}>
        <Facts facts={facts} />
      </Section>
      <Section title={t('password.title')} note={t('password.text')}>
        <ChangePasswordForm />
      </Section>
      <Section title={t('recovery.title')} note={t('recovery.text')}>
        <RecoveryLink />
      </Section>
      <Section title={t('machines.title')} note={t('machines.text')}>
        <Machines />
      </Section>
      <NotificationSettings />
      {mayUse(actorKindOf(me), 'calendarAccounts.list') && (
        <Section title={t('calendarAccounts:title')} note={t('calendarAccounts:openText')}>
          <ButtonLink to="/account/calendars">{t('calendarAccounts:open')}</ButtonLink>
        </Section>
      )}
      <Section title={t('account.screen')}>
        <ScreenSettings />
      </Section>
    </Page>
  )
}

function RecoveryLink() {
  const { t } = useTranslation('identity')
  return <ButtonLink to="/account/recovery-codes">{t('recovery.open')}</ButtonLink>
}

function ScreenSettings() {
  const { t, i18n } = useTranslation('identity')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Stack gap="md">
      <SegmentedControl
        fullWidth
        aria-label={t('account.language')}
        value={i18n.language}
        onChange={(language) => void changeLanguage(language as Language)}
        data={Object.entries(languages).map(([value, label]) => ({ value, label: <span lang={value}>{label}</span> }))}
      />
      <SegmentedControl
        fullWidth
        aria-label={t('account.appearance')}
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
        data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`account.${value}`) }))}
      />
    </Stack>
  )
}
