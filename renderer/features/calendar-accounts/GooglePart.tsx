import { Button, Group, Stack, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayUse } from '../../../shared/permissions.ts'
import { api, client } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { Section } from '../../ui/Section.tsx'
import { GoogleClientForm } from './GoogleClientForm.tsx'
import { TellingField } from './TellingField.tsx'

/** Google lets in only programs that an organization has told it of; until then this says what there is to do. */
export function GooglePart() {
  const { t } = useTranslation('calendarAccounts')
  const isAdmin = mayUse(actorKindOf(useMe()), 'calendarAccounts.setGoogle')
  const { data } = useQuery(api.calendarAccounts.google.queryOptions())
  if (!data) return null
  return (
    <Section title={t('google.title')} note={t(data.clientId ? 'google.note' : 'google.notSetUp')}>
      <Stack gap="xl">
        {data.clientId && <GoogleConsent />}
        {!data.clientId && !isAdmin && <Text>{t('google.askAdmin')}</Text>}
        {isAdmin && <GoogleClientForm clientId={data.clientId} />}
      </Stack>
    </Section>
  )
}

function GoogleConsent() {
  const { t } = useTranslation('calendarAccounts')
  const [tellsWords, setTellsWords] = useState(false)
  const begin = useMutation({
    mutationFn: () =>
      client.calendarAccounts.beginGoogle({
        tellsWords,
        word: t('word'),
        calendarName: t('google.title'),
        onReturn: { done: t('google.done'), refused: t('google.refused') },
      }),
  })
  return (
    <Stack gap="md">
      <TellingField
        value={tellsWords}
        onChange={(value) => {
          setTellsWords(value)
          begin.reset()
        }}
      />
      <FormProblem error={begin.error} />
      {begin.data ? (
        <Stack gap="xs" align="flex-start">
          <Text role="status">{t('google.opened')}</Text>
          <Button
            component="a"
            href={begin.data.url}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={18} aria-hidden />}
          >
            {t('google.open')}
          </Button>
        </Stack>
      ) : (
        <Group>
          <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
            {t('google.begin')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
