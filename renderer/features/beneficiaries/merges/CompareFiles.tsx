import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendanceStatus } from '../../../../shared/contract/attendance.ts'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { type MergePreview, mergeDays } from '../../../../shared/contract/merges.ts'
import { api, client } from '../../../lib/client.ts'
import { formatMoment } from '../../../lib/format.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { toastUndo } from '../../../lib/toast-undo.tsx'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { type Choice, differencesOf } from './differences.ts'
import { FieldChoice } from './FieldChoice.tsx'
import classes from './merges.module.css'

interface CompareProps {
  kept: Beneficiary
  merged: Beneficiary
  preview: MergePreview
}

export function CompareFiles({ kept, merged, preview }: CompareProps) {
  const { t } = useTranslation('merges')
  const differences = differencesOf(kept, merged)
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const choiceOf = (field: string, first: Choice) => choices[field] ?? first
  const merge = useMerge(kept, merged)
  const chosen = (choice: Choice) =>
    differences.filter(({ field, first }) => choiceOf(field, first) === choice).map(({ field }) => field)
  return (
    <form
      className={classes.part}
      onSubmit={(event) => {
        event.preventDefault()
        merge.mutate({ taken: chosen('merged'), joinsNotes: chosen('both').includes('notes') })
      }}
    >
      <div className={classes.heads}>
        <Head label={t('merge.stays')} name={kept.name} />
        <Head label={t('merge.goes')} name={merged.name} />
      </div>
      {differences.length === 0 ? (
        <p className={classes.more}>{t('merge.allTheSame')}</p>
      ) : (
        differences.map((difference) => (
          <FieldChoice
            key={difference.field}
            difference={difference}
            choice={choiceOf(difference.field, difference.first)}
            onChoose={(choice) => setChoices({ ...choices, [difference.field]: choice })}
          />
        ))
      )}
      <Moves preview={preview} />
      <FormProblem error={merge.error} />
      <Group justify="flex-end" gap="sm">
        <ButtonLink variant="default" to="/beneficiaries/duplicates">
          {t('merge.cancel')}
        </ButtonLink>
        <Button type="submit" loading={merge.isPending}>
          {t('merge.submit')}
        </Button>
      </Group>
    </form>
  )
}

function Head({ label, name }: { label: string; name: string }) {
  return (
    <div className={classes.head}>
      <span className={classes.label}>{label}</span>
      <h2>
        <bdi>{name}</bdi>
      </h2>
    </div>
  )
}

function Moves({ preview: { moves, joined } }: { preview: MergePreview }) {
  const { t } = useTranslation('merges')
  return (
    <section className={classes.moves} aria-labelledby="moves">
      <h2 id="moves">{t('merge.moves')}</h2>
      <ul>
        {moves.map(({ kind, count }) => (
          <li key={kind}>{t(`moved.${kind}`, { count })}</li>
        ))}
        {moves.length === 0 && <li>{t('merge.nothingMoves')}</li>}
      </ul>
      {joined.length > 0 && <JoinedAttendance joined={joined} />}
      <p>{t('merge.then', { days: mergeDays })}</p>
    </section>
  )
}

/** Where both were noted: which note stays. */
function JoinedAttendance({ joined }: { joined: MergePreview['joined'] }) {
  const { t } = useTranslation(['merges', 'file'])
  const words = (status: AttendanceStatus) => t(`file:timeline.state.${status}`)
  return (
    <>
      <p>{t('merges:merge.joined')}</p>
      <ul>
        {joined.map(({ heldAt, title, kept, merged, becomes }) => (
          <li key={`${heldAt} ${title}`}>
            {title && (
              <>
                <bdi>{title}</bdi>,{' '}
              </>
            )}
            {formatMoment(heldAt)} ·{' '}
            {kept === merged
              ? t('merges:merge.joinedSame', { becomes: words(becomes) })
              : t('merges:merge.joinedLine', {
                  kept: words(kept),
                  merged: words(merged),
                  becomes: words(becomes),
                })}
          </li>
        ))}
      </ul>
    </>
  )
}

function useMerge(kept: Beneficiary, merged: Beneficiary) {
  const { t } = useTranslation('merges')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  async function undo() {
    await client.merges.undo({ id: merged.id })
    // A form that is open on the file would write over what came back.
    await navigate({ to: '/beneficiaries/duplicates' })
    await queryClient.invalidateQueries()
    toast(t('away.undone', { name: merged.name }))
  }
  return useMutation({
    mutationFn: (choices: { taken: string[]; joinsNotes: boolean }) =>
      client.merges.merge({
        kept: { id: kept.id, updatedAt: kept.updatedAt },
        merged: { id: merged.id, updatedAt: merged.updatedAt },
        ...choices,
      }),
    async onSuccess() {
      await queryClient.fetchQuery(
        api.beneficiaries.get.queryOptions({ input: { id: kept.id }, staleTime: 0, gcTime: 0 }),
      )
      await navigate({ to: '/beneficiaries/$id/file', params: { id: kept.id }, replace: true })
      for (const domain of [api.beneficiaries, api.groups, api.merges]) {
        void queryClient.invalidateQueries({ queryKey: domain.key(), refetchType: 'active' })
      }
      toastUndo(t('merge.done'), () => void undo().catch(toastProblem))
    },
  })
}
