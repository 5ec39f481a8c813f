import { List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { Section } from '../../ui/Section.tsx'
import { JoinForm } from './JoinForm.tsx'

/** What working alone means, what connecting would change, and the way to do it. */
export function Alone() {
  const { t } = useTranslation('sync')
  const me = useMe()
  const isPractice = me.kind !== 'nobody' && me.isPractice
  const isAdmin = mayUse(actorKindOf(me), 'identity.listUsers')
  const users = useQuery(api.identity.listUsers.queryOptions({ enabled: isAdmin }))
  const admins = users.data?.filter(({ role, isActive }) => isActive && role !== 'trainer').length ?? 0
  const accounts = [t('alone.whatAccounts'), ...(admins > 0 ? [t('alone.whatAdmins', { count: admins })] : [])].join(
    ' ',
  )
  const steps = [t('alone.what1'), t('alone.what2'), accounts, t('alone.what3'), t('alone.what4')]
  return (
    <>
      <Section title={t('alone.title')}>
        <Stack gap="md">
          <Text>{t('alone.text')}</Text>
          <Text fw={600}>{t('alone.whatTitle')}</Text>
          <List type="ordered" spacing="xs">
            {steps.map((step) => (
              <List.Item key={step}>{step}</List.Item>
            ))}
          </List>
        </Stack>
      </Section>
      {mayUse(actorKindOf(me), 'sync.enrol') && (
        <Section title={t('join.title')} note={t('join.note')}>
          {isPractice ? <Text>{t('alone.practice')}</Text> : <JoinForm />}
        </Section>
      )}
    </>
  )
}
