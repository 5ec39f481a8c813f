import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { api } from '../../../lib/client.ts'
import { formatDay } from '../../../lib/format.ts'
import { AttendanceOfPerson } from '../../../ui/AttendanceShare.tsx'
import { BackLink } from '../../../ui/BackLink.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { PrintKey } from '../../../ui/OnPaper.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../../ui/PageSkeleton.tsx'
import { PlaceTabs } from '../../../ui/PlaceTabs.tsx'
import { GoalsPart } from '../goals/GoalsPart.tsx'
import { HandoverButton } from '../handovers/HandoverButton.tsx'
import { LinksPart } from '../links/LinksPart.tsx'
import { TwiceNotice } from '../merges/TwiceNotice.tsx'
import { PersonEditor } from '../PersonEditor.tsx'
import { PhotoButton } from '../photo/PhotoButton.tsx'
import { FileHistory } from './FileHistory.tsx'
import { FileProgress } from './FileProgress.tsx'
import classes from './file.module.css'
import { GroupsOf } from './GroupsOf.tsx'
import { FileSheet, PaperFile } from './PaperFile.tsx'
import { Timeline } from './Timeline.tsx'

const route = getRouteApi('/staff/beneficiaries/$id/file')
const parts = ['data', 'timeline', 'plan', 'progress', 'changes'] as const

/** Everything about one person: what is written down, what happened, how they do, and what was changed. */
export function FileScreen() {
  const { t } = useTranslation('file')
  const { id } = route.useParams()
  const { part = 'data' } = route.useSearch()
  // What is being edited must not change by itself, or somebody else's change would be overwritten unseen.
  const person = useQuery(
    api.beneficiaries.get.queryOptions({ input: { id }, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
  )
  if (person.isPending) return <PageSkeleton />
  return (
    <Page>
      <PageHeader
        title={person.data?.name ?? t('title')}
        back={
          <BackLink to="/beneficiaries" search={{}}>
            {t('toList')}
          </BackLink>
        }
        mark={person.data && <PhotoButton person={person.data} />}
        note={person.data && <Note person={person.data} />}
        actions={person.data && <Actions person={person.data} />}
      />
      {person.data ? (
        <>
          <PlaceTabs label={t('parts')}>
            {parts.map((one) => (
              <Link
                key={one}
                to="/beneficiaries/$id/file"
                params={{ id }}
                search={one === 'data' ? {} : { part: one }}
                activeOptions={{ exact: true }}
              >
                {t(`part.${one}`)}
              </Link>
            ))}
          </PlaceTabs>
          {(part === 'timeline' || part === 'progress') && <AttendanceOfPerson beneficiaryId={id} />}
          {part === 'data' && <TwiceNotice person={person.data} />}
          {part === 'data' && (
            <div className={classes.sheet}>
              <PersonEditor key={id} person={person.data} isWhole head={<GroupsOf id={id} />} />
            </div>
          )}
          {part === 'data' && <LinksPart person={person.data} />}
          {part === 'timeline' && <Timeline id={id} />}
          {part === 'plan' && <GoalsPart beneficiaryId={id} />}
          {part === 'progress' && <FileProgress id={id} />}
          {part === 'changes' && <FileHistory person={person.data} />}
        </>
      ) : (
        <ErrorState error={person.error} onRetry={() => void person.refetch()} />
      )}
    </Page>
  )
}

function Note({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('file')
  const facts = [
    person.number && t('note.number', { number: person.number }),
    person.trainerName && t('note.trainer', { name: `\u2068${person.trainerName}\u2069` }),
    person.enrollmentDate && t('note.enrolled', { day: formatDay(person.enrollmentDate) }),
    person.completedOn && t('note.completed', { day: formatDay(person.completedOn) }),
  ]
  return <span>{facts.filter(Boolean).join(' · ')}</span>
}

function Actions({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('file')
  const [isPrinting, setPrinting] = useState(false)
  return (
    <>
      <HandoverButton person={person} />
      <Button
        variant="default"
        leftSection={<IconPrinter size={18} aria-hidden />}
        loading={isPrinting}
        onClick={() => setPrinting(true)}
      >
        {t('print')}
      </Button>
      <PrintKey onPrint={() => setPrinting(true)}>
        <FileSheet person={person} />
      </PrintKey>
      {isPrinting && <PaperFile person={person} onDone={() => setPrinting(false)} />}
    </>
  )
}
