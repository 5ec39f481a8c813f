import { Button, CloseButton, Progress } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/errors.ts'
import { formatPercent } from '../../../lib/format.ts'
import { refusalOf } from '../../../lib/refusal.ts'
import { type UploadJob, useUploads } from './jobs.ts'
import classes from './UploadTray.module.css'

/** What is being sent, at the edge of whatever page is shown. */
export function UploadTray() {
  const { t } = useTranslation('documents')
  const { jobs, clear } = useUploads()
  if (jobs.length === 0) return null
  const isBusy = jobs.some(({ state }) => state === 'sending')
  return (
    <section className={classes.tray} aria-label={t('upload.title')}>
      <div className={classes.head}>
        <span role="status">{t(isBusy ? 'upload.sending' : 'upload.done')}</span>
        {!isBusy && (
          <Button size="compact-sm" variant="subtle" onClick={clear}>
            {t('upload.clear')}
          </Button>
        )}
      </div>
      <ul className={classes.jobs}>
        {jobs.map((job) => (
          <Job key={job.id} job={job} />
        ))}
      </ul>
    </section>
  )
}

function Job({ job }: { job: UploadJob }) {
  const { t } = useTranslation('documents')
  const { again, cancel } = useUploads()
  const { name, share, state, error } = job
  return (
    <li className={classes.job}>
      <div className={classes.line}>
        <bdi className={classes.name}>{name}</bdi>
        {state === 'done' ? (
          <IconCheck size={18} role="img" aria-label={t('upload.stored')} />
        ) : (
          <span>{formatPercent(Math.floor(share * 100))}</span>
        )}
        {state !== 'done' && <CloseButton aria-label={t('upload.cancel', { name })} onClick={() => cancel(job)} />}
      </div>
      {state === 'sending' && <Progress value={share * 100} size="sm" aria-label={name} />}
      {state === 'stopped' && (
        <div role="alert" className={classes.problem}>
          <span>{explain(error)}</span>
          {!isForGood(error) && (
            <Button size="compact-sm" variant="default" onClick={() => again(job.id)}>
              {t('upload.again')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

/** What is wrong with the file itself is as wrong the next time. */
function isForGood(error: unknown): boolean {
  const key = refusalOf(error)?.key
  return key === 'document.empty' || key === 'document.tooLarge'
}
