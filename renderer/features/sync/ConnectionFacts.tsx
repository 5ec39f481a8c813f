import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '../../../shared/contract/sync.ts'
import { formatMoment, formatNumber } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Section } from '../../ui/Section.tsx'
import { RenameComputer } from './RenameComputer.tsx'

interface ConnectionFactsProps {
  state: SyncState
  connection: NonNullable<SyncState['connection']>
}

/** Which centre, what comes from there, and how far both are with each other. */
export function ConnectionFacts({ state, connection }: ConnectionFactsProps) {
  const { t } = useTranslation('sync')
  const moment = (at: string | null) => (at ? formatMoment(at) : t('connected.never'))
  const { organizationName, scope, trainerName, address, site, machine } = connection
  const computer = (name: string) => (
    <Group gap="sm">
      <bdi>{name}</bdi>
      {state.status !== 'revoked' && <RenameComputer machine={name} />}
    </Group>
  )
  const facts = [
    { name: t('connected.organization'), value: <bdi>{organizationName}</bdi> },
    { name: t('connected.scope'), value: t(`connected.scopeOf.${scope}`, { name: trainerName ?? '' }) },
    {
      name: t('connected.queued'),
      value: state.queued === 0 ? t('connected.queuedNone') : t('connected.queuedCount', { count: state.queued }),
    },
    { name: t('connected.success'), value: moment(state.lastSuccessAt) },
    { name: t('connected.contact'), value: moment(state.lastContactAt) },
    { name: t('connected.address'), value: <bdi dir="ltr">{address}</bdi> },
    ...(machine === null ? [] : [{ name: t('connected.machine'), value: computer(machine) }]),
    { name: t('connected.number'), value: formatNumber(site, { useGrouping: false }) },
  ]
  return (
    <Section title={t('tabs.state')}>
      <Stack gap="md">
        <Facts facts={facts} />
        {state.conflicts > 0 && (
          <Group gap="md">
            <Text>{t('connected.conflicts', { count: state.conflicts })}</Text>
            <ButtonLink to="/sync/conflicts" variant="default" size="xs">
              {t('connected.decide')}
            </ButtonLink>
          </Group>
        )}
      </Stack>
    </Section>
  )
}
