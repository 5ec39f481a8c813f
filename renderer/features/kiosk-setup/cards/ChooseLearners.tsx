import { Badge, Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import {
  type CredentialKind,
  credentialKinds,
  type IssuedCard,
  type LearnerCredentials,
} from '../../../../shared/contract/kiosk.ts'
import { api } from '../../../lib/client.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import classes from './cards.module.css'

interface ChooseLearnersProps {
  people: LearnerCredentials[]
  hasMore: boolean
  onIssued: (cards: IssuedCard[]) => void
}

/** The learners to make new secrets for, and of which kinds. */
export function ChooseLearners({ people, hasMore, onIssued }: ChooseLearnersProps) {
  const { t } = useTranslation('kioskSetup')
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set())
  const [kinds, setKinds] = useState<CredentialKind[]>(['pin', 'card'])
  const [isAsking, setIsAsking] = useState(false)
  const selected = people.filter(({ beneficiaryId }) => chosen.has(beneficiaryId))
  const replaced = selected.filter((person) => person.kinds.some((kind) => kinds.includes(kind)))
  const issue = useMutation(
    api.kiosk.issue.mutationOptions({
      onSuccess: async (cards) => {
        onIssued(cards)
        await queryClient.invalidateQueries({ queryKey: api.kiosk.key() })
      },
    }),
  )
  const make = () => issue.mutate({ beneficiaryIds: selected.map(({ beneficiaryId }) => beneficiaryId), kinds })
  const choose = (ids: Id[], isChosen: boolean) =>
    setChosen((before) => new Set(isChosen ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))))

  return (
    <Stack gap="md">
      <Paper className={classes.bar}>
        <Checkbox.Group
          label={t('cards.kinds')}
          value={kinds}
          onChange={(values) => setKinds(credentialKinds.filter((kind) => values.includes(kind)))}
        >
          <Group mt="xs">
            {credentialKinds.map((kind) => (
              <Checkbox key={kind} value={kind} label={t(`kind.${kind}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Button
          loading={issue.isPending}
          disabled={selected.length === 0 || kinds.length === 0}
          onClick={() => (replaced.length > 0 ? setIsAsking(true) : make())}
        >
          {t('cards.make', { count: selected.length })}
        </Button>
      </Paper>
      <FormProblem error={isAsking ? null : issue.error} />
      <Checkbox
        label={t('cards.all', { count: people.length })}
        checked={selected.length === people.length}
        indeterminate={selected.length > 0 && selected.length < people.length}
        onChange={(event) =>
          choose(
            people.map(({ beneficiaryId }) => beneficiaryId),
            event.currentTarget.checked,
          )
        }
      />
      <ul className={classes.people}>
        {people.map((person) => (
          <li key={person.beneficiaryId} className={classes.person}>
            <Checkbox
              label={<bdi>{person.name}</bdi>}
              checked={chosen.has(person.beneficiaryId)}
              onChange={(event) => choose([person.beneficiaryId], event.currentTarget.checked)}
            />
            <OwnCredentials person={person} />
          </li>
        ))}
      </ul>
      {hasMore && <Text c="dimmed">{t('cards.more')}</Text>}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('cards.question', { count: replaced.length })}
        confirmLabel={t('cards.confirm')}
        isBusy={issue.isPending}
        error={issue.error}
        onConfirm={make}
        onCancel={() => setIsAsking(false)}
      >
        {t('cards.consequence')}
      </ConfirmDialog>
    </Stack>
  )
}

/** What one learner has, to take away; and the way out of the pause after wrong tries. */
function OwnCredentials({ person }: { person: LearnerCredentials }) {
  const { t } = useTranslation('kioskSetup')
  const { beneficiaryId, name, kinds, isLocked } = person
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: api.kiosk.key() })
  const revoke = useMutation(api.kiosk.revoke.mutationOptions({ onSuccess }))
  const release = useMutation(api.kiosk.release.mutationOptions({ onSuccess }))
  return (
    <Group gap="xs" justify="end">
      {isLocked && (
        <>
          <Badge color="brick">{t('cards.locked')}</Badge>
          <Button
            size="compact-sm"
            aria-label={t('cards.releaseOf', { name })}
            loading={release.isPending}
            onClick={() => release.mutate({ beneficiaryId })}
          >
            {t('cards.release')}
          </Button>
        </>
      )}
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="compact-sm"
          variant="default"
          aria-label={t('cards.revokeOf', { kind: t(`kind.${kind}`), name })}
          loading={revoke.isPending && revoke.variables.kind === kind}
          onClick={() => revoke.mutate({ beneficiaryId, kind })}
        >
          {t('cards.revoke', { kind: t(`kind.${kind}`) })}
        </Button>
      ))}
      <FormProblem error={revoke.error ?? release.error} />
    </Group>
  )
}
