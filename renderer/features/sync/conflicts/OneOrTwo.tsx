import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../../shared/contract/sync.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'

interface OneOrTwoProps {
  files: NonNullable<Conflict['files']>
  title: string
  error: unknown
  isBusy: boolean
  onTwo: () => void
}

/** Two files with one address: one person, whose files are compared and put together, or two people after all. */
export function OneOrTwo({ files: { first, second }, title, error, isBusy, onTwo }: OneOrTwoProps) {
  const { t } = useTranslation('sync')
  return (
    <Group gap="sm">
      <FormProblem error={error} />
      <ButtonLink
        size="xs"
        to="/beneficiaries/$id/merge/$other"
        params={{ id: first.id, other: second.id }}
        aria-label={t('conflicts.samePersonOf', { name: title })}
      >
        {t('conflicts.samePerson')}
      </ButtonLink>
      <Button
        variant="default"
        size="xs"
        loading={isBusy}
        aria-label={t('conflicts.twoPeopleOf', { name: title })}
        onClick={onTwo}
      >
        {t('conflicts.twoPeople')}
      </Button>
    </Group>
  )
}
