import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addsAtOnce,
  changesAtOnce,
  type PeopleFile,
  type PeoplePlan,
} from '../../../../shared/contract/people-imports.ts'
import { api, client } from '../../../lib/client.ts'
import { formatNumber } from '../../../lib/format.ts'
import { UnsavedGuard } from '../../../lib/UnsavedGuard.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { EarlierImports } from './EarlierImports.tsx'
import classes from './people-imports.module.css'
import { useOneImport } from './use-one-import.ts'

interface CarryOutProps {
  file: PeopleFile
  plan: PeoplePlan
  onAnother: () => void
}

interface Reached {
  added: number
  changed: number
  failed: number[]
}

type State = 'running' | 'stopped' | 'done' | 'failed'

/** Some people at a time, each time in one transaction, until all are in or somebody stops it. */
function useCarryOut({ fileId }: PeopleFile, { adds, changes }: PeoplePlan) {
  const queryClient = useQueryClient()
  const [reached, setReached] = useState<Reached>({ added: 0, changed: 0, failed: [] })
  const [state, setState] = useState<State>('running')
  const [error, setError] = useState<unknown>(null)
  const [importId, setImportId] = useState<number | null>(null)
  const wanted = useRef<'going' | 'stop'>('going')
  const hasBegun = useRef(false)

  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    const run = async () => {
      const begun = await client.peopleImports.begin({ fileId })
      setImportId(begun.importId)
      const step = { importId: begun.importId, fileId }
      for (let left = adds; left > 0 && wanted.current === 'going'; left -= addsAtOnce) {
        setReached(await client.peopleImports.addSome(step))
      }
      for (let left = changes; left > 0 && wanted.current === 'going'; left -= changesAtOnce) {
        setReached(await client.peopleImports.changeSome(step))
      }
      if (wanted.current === 'stop') await client.peopleImports.stop({ importId: begun.importId })
      setState(wanted.current === 'stop' ? 'stopped' : 'done')
    }
    void run()
      .catch((problem: unknown) => {
        setError(problem)
        setState('failed')
      })
      .finally(() => {
        void queryClient.invalidateQueries({ queryKey: api.beneficiaries.key() })
        void queryClient.invalidateQueries({ queryKey: api.groups.key() })
        void queryClient.invalidateQueries({ queryKey: api.peopleImports.list.key() })
      })
  }, [fileId, adds, changes, queryClient])

  const stop = () => {
    wanted.current = 'stop'
  }
  return { reached, state, error, importId, stop }
}

export function CarryOut({ file, plan, onAnother }: CarryOutProps) {
  const { t } = useTranslation('peopleImport')
  const { reached, state, error, importId, stop } = useCarryOut(file, plan)
  const mine = useOneImport(importId)
  const total = plan.adds + plan.changes
  const done = reached.added + reached.changed + reached.failed.length
  const counts = { done: formatNumber(reached.added + reached.changed), total: formatNumber(total) }
  return (
    <section className={classes.part} aria-label={t('run.title')}>
      <UnsavedGuard isDirty={state === 'running'} />
      <Progress value={total === 0 ? 100 : (done / total) * 100} aria-label={t('run.title')} size="lg" />
      <Text role="status">{t(`run.${state}`, counts)}</Text>
      {reached.failed.length > 0 && (
        <Alert color="saffron" variant="light">
          {t('run.leftOut', {
            lines: reached.failed
              .slice(0, 50)
              .map((line) => formatNumber(line))
              .join(', '),
          })}
        </Alert>
      )}
      <FormProblem error={error} />
      {state === 'running' ? (
        <Group justify="flex-end">
          <Button variant="default" onClick={stop}>
            {t('run.stop')}
          </Button>
        </Group>
      ) : (
        <>
          {mine && <EarlierImports imports={[mine]} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onAnother}>
              {t('run.another')}
            </Button>
            <ButtonLink to="/beneficiaries" search={{}}>
              {t('run.toList')}
            </ButtonLink>
          </Group>
        </>
      )}
    </section>
  )
}
