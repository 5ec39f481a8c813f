import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../../shared/contract/sync.ts'
import { api } from '../../../lib/client.ts'
import { refusalOf } from '../../../lib/refusal.ts'
import { toast } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { TextLink } from '../../../ui/TextLink.tsx'
import { isTakenAlready } from './counted-side.ts'
import { OneOrTwo } from './OneOrTwo.tsx'

/** Only of these is there another value that could be taken. */
const withChoice: Conflict['kind'][] = ['concurrentEdit', 'wrongClock', 'sameThing', 'lateEdit']

/** Whatever was chosen then, the card is not in this list any more. */
const tooLate: (string | undefined)[] = ['sync.alreadyDecided', 'sync.notDecided', 'sync.conflictNotFound']

interface ConflictActionsProps {
  conflict: Conflict
  title: string
  /** The card goes, because somebody else was faster, and what is to be read of it with it. */
  onTooLate: (error: unknown) => void
}

/** Keep, take the other, or undo what was decided; whatever is chosen syncs like any other change. */
export function ConflictActions({ conflict, title, onTooLate }: ConflictActionsProps) {
  const { t } = useTranslation('sync')
  const queryClient = useQueryClient()
  const everything = () => queryClient.invalidateQueries()
  const onError = (error: unknown) => {
    if (tooLate.includes(refusalOf(error)?.key)) onTooLate(error)
  }
  const decide = useMutation(
    api.sync.decide.mutationOptions({ onSuccess: () => toast(t('conflicts.done')), onError, onSettled: everything }),
  )
  const undo = useMutation(
    api.sync.undoDecision.mutationOptions({
      onSuccess: () => toast(t('conflicts.undone')),
      onError,
      onSettled: everything,
    }),
  )
  const { id, kind, decision, current } = conflict
  const isBusy = decide.isPending || undo.isPending
  if (decision) {
    return (
      <Group gap="sm">
        <FormProblem error={undo.error} />
        {decision.what === 'merged' && <TextLink to="/beneficiaries/duplicates">{t('conflicts.mergedFiles')}</TextLink>}
        {decision.canUndo && (
          <Button
            variant="default"
            size="xs"
            loading={isBusy}
            aria-label={t('conflicts.undoOf', { name: title })}
            onClick={() => undo.mutate({ id })}
          >
            {t('conflicts.undo')}
          </Button>
        )}
      </Group>
    )
  }
  if (conflict.files) {
    return (
      <OneOrTwo
        files={conflict.files}
        title={title}
        error={decide.error}
        isBusy={isBusy}
        onTwo={() => decide.mutate({ id, decision: 'kept' })}
      />
    )
  }
  const isTaken = isTakenAlready(conflict)
  const hasChoice = !isTaken && withChoice.includes(kind)
  const take = { id, decision: 'taken', seen: current?.values } as const
  return (
    <Group gap="sm">
      <FormProblem error={decide.error} />
      <Button
        variant="default"
        size="xs"
        loading={isBusy}
        aria-label={hasChoice ? t('conflicts.keepOf', { name: title }) : undefined}
        onClick={() => decide.mutate(isTaken ? take : { id, decision: 'kept' })}
      >
        {t(hasChoice ? 'conflicts.keep' : 'conflicts.read')}
      </Button>
      {hasChoice && (
        <Button
          variant="default"
          size="xs"
          loading={isBusy}
          aria-label={t('conflicts.takeOf', { name: title })}
          onClick={() => decide.mutate(take)}
        >
          {t('conflicts.take')}
        </Button>
      )}
    </Group>
  )
}
