import { Button, CloseButton, Progress } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkJob } from '../../../shared/contract/bulk.ts'
import { api } from '../../lib/client.ts'
import { sentenceOf } from '../../lib/errors.ts'
import { formatNumber } from '../../lib/format.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import classes from './bulk.module.css'

const askEveryMs = 300

/** The changes to many rows of a list that run or have just ended; they outlive the screen and a reload. */
export function BulkJobs({ list }: { list: BulkJob['list'] }) {
  const jobs = useJobs(list)
  const [job] = jobs
  return job ? <Job key={job.id} job={job} /> : null
}

function useJobs(list: BulkJob['list']): BulkJob[] {
  const queryClient = useQueryClient()
  const { data = [] } = useQuery(
    api.bulk.jobs.queryOptions({
      refetchInterval: ({ state }) => (state.data?.some((job) => job.state === 'running') ? askEveryMs : false),
    }),
  )
  const jobs = data.filter((job) => job.list === list)
  // A short one is over before it was ever seen running.
  const over = jobs
    .filter(({ state }) => state !== 'running')
    .map(({ id, isUndo }) => `${id} ${isUndo}`)
    .join()
  useEffect(() => {
    // What the rows say is not what it was.
    if (over !== '') {
      for (const queryKey of [
        api.beneficiaries.key(),
        api.documents.key(),
        api.groups.key(),
        api.handovers.key(),
        api.peopleTrash.key(),
      ]) {
        void queryClient.invalidateQueries({ queryKey })
      }
    }
  }, [over, queryClient])
  return jobs
}

function Job({ job }: { job: BulkJob }) {
  const { t } = useTranslation('bulk')
  const { id, state, total, reached, refusals, mayUndo } = job
  const [isOpen, setOpen] = useState(false)
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: api.bulk.key() })
  const options = { onSuccess, onError: toastProblem }
  const cancel = useMutation(api.bulk.cancel.mutationOptions(options))
  const undo = useMutation(api.bulk.undo.mutationOptions(options))
  const dismiss = useMutation(api.bulk.dismiss.mutationOptions(options))
  const isRunning = state === 'running'
  return (
    <section className={classes.job} aria-label={t('job')}>
      <div className={classes.line}>
        <span role="status" className={classes.words}>
          <JobSentence job={job} />
        </span>
        <span className={classes.space} />
        {isRunning && (
          <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>
            {t('stop')}
          </Button>
        )}
        {refusals > 0 && (
          <Button size="xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('refused', { number: formatNumber(refusals) })}
          </Button>
        )}
        {mayUndo && (
          <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate({ id })}>
            {t('undo')}
          </Button>
        )}
        {!isRunning && (
          <CloseButton className={classes.close} aria-label={t('dismiss')} onClick={() => dismiss.mutate({ id })} />
        )}
      </div>
      {isRunning && (
        <Progress value={total ? (100 * reached) / total : 0} aria-label={t('progress')} transitionDuration={200} />
      )}
      {isOpen && <Refused job={job} />}
    </section>
  )
}

function JobSentence({ job: { state, isUndo, total, reached, changed } }: { job: BulkJob }) {
  const { t } = useTranslation('bulk')
  if (total === null) return t('gathering')
  const numbers = { reached: formatNumber(reached), changed: formatNumber(changed), total: formatNumber(total) }
  return t(isUndo ? `undoing.${state}` : `state.${state}`, numbers)
}

/** Whom it left as they were, and why. */
function Refused({ job: { refused, refusals } }: { job: BulkJob }) {
  const { t } = useTranslation('bulk')
  return (
    <ul className={classes.refused}>
      {refused.map(({ name, key, params }, index) => (
        <li key={index}>
          <bdi>{name ?? t('nameless')}</bdi>: {sentenceOf({ key, params })}
        </li>
      ))}
      {refusals > refused.length && <li>{t('more', { number: formatNumber(refusals - refused.length) })}</li>}
    </ul>
  )
}
