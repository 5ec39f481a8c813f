import { Button, MultiSelect, Select, Stack } from '@mantine/core'
import { IconWifi } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomSecurity } from '../../../../shared/contract/classroom.ts'
import { api } from '../../../lib/client.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Section } from '../../../ui/Section.tsx'
import { NetworkTest } from '../NetworkTest.tsx'
import { SecurityField } from './SecurityField.tsx'

/** Short enough to type, and no other program's. */
const port = 4190

/** What is taken, and on which network. */
export function StartForm() {
  const { t } = useTranslation('classroom')
  const networks = useQuery(api.classroom.networks.queryOptions({ refetchInterval: 5_000 }))
  const assessments = useQuery(api.assessments.list.queryOptions({ input: {} }))
  if (networks.isPending || assessments.isPending) return <LoadingRows count={3} />
  const error = networks.error ?? assessments.error
  if (!networks.data || !assessments.data) {
    return <ErrorState error={error} onRetry={() => void Promise.all([networks.refetch(), assessments.refetch()])} />
  }
  const open = assessments.data.filter(({ status }) => status === 'published' || status === 'in_progress')
  if (networks.data.length === 0) {
    return (
      <EmptyState icon={IconWifi} title={t('start.noNetwork')}>
        {t('start.noNetworkText')}
      </EmptyState>
    )
  }
  return (
    <Fields
      networks={networks.data.map(({ name, address }) => ({ value: address, label: `${address} (${name})` }))}
      assessments={open.map(({ id, title }) => ({ value: String(id), label: title }))}
    />
  )
}

interface Choice {
  value: string
  label: string
}

function Fields({ networks, assessments }: { networks: Choice[]; assessments: Choice[] }) {
  const { t } = useTranslation('classroom')
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<string[]>([])
  const groups = useQuery(api.groups.list.queryOptions())
  const [groupId, setGroupId] = useState<string | null>(null)
  const [address, setAddress] = useState(networks[0]?.value ?? '')
  const [security, setSecurity] = useState<RoomSecurity>('open')
  const start = useMutation(
    api.classroom.start.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.classroom.key() }),
    }),
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    start.mutate({
      assessmentIds: chosen.map(Number),
      groupId: groupId === null ? null : Number(groupId),
      address,
      port,
      security,
    })
  }
  return (
    <Section title={t('start.title')} note={t('start.note')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <MultiSelect
            label={t('start.assessments')}
            description={t('start.assessmentsHint')}
            data={assessments}
            value={chosen}
            onChange={setChosen}
            maxValues={20}
            searchable
            nothingFoundMessage={t('start.noAssessment')}
          />
          <Select
            label={t('start.group')}
            description={t('start.groupHint')}
            placeholder={t('start.everybody')}
            data={(groups.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            value={groupId}
            onChange={setGroupId}
            clearable
          />
          <Select
            label={t('start.network')}
            description={t('start.networkHint')}
            data={networks}
            value={address}
            onChange={(value) => setAddress(value ?? address)}
            allowDeselect={false}
          />
          <NetworkTest address={address} port={port} />
          <SecurityField value={security} onChange={setSecurity} />
          <FormProblem error={start.error} />
          <Button type="submit" loading={start.isPending} disabled={chosen.length === 0}>
            {t('start.submit')}
          </Button>
        </Stack>
      </form>
    </Section>
  )
}
