import { Paper, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Conflict } from '../../../../shared/contract/sync.ts'
import { formatMoment } from '../../../lib/format.ts'
import { StatusBadge } from '../../../ui/StatusBadge.tsx'
import { useRecordName } from '../use-record-name.ts'
import { ConflictActions } from './ConflictActions.tsx'
import { ConflictSide } from './ConflictSide.tsx'
import classes from './conflicts.module.css'
import { countedSide, isTakenAlready } from './counted-side.ts'
import { FilesOfAddress } from './FilesOfAddress.tsx'
import { PlaceLink } from './PlaceLink.tsx'

interface ConflictCardProps {
  conflict: Conflict
  /** Of this machine at the centre. */
  ownSite: number | null
  onTooLate: (late: { id: Id; title: string; error: unknown }) => void
}

/** One of them, in plain words: what it is about, both values, who and when and where, and what can be done. */
export function ConflictCard({ conflict, ownSite, onTooLate }: ConflictCardProps) {
  const { t } = useTranslation('sync')
  const recordName = useRecordName()
  const { id, kind, rowId, name, kept, lost, current, needsPerson, decision, register, files, place } = conflict
  const counted = countedSide(conflict)
  const isTaken = isTakenAlready(conflict)
  const title = recordName({ table: kindOf(conflict), id: rowId, name })
  return (
    <Paper component="li" className={classes.card}>
      <div className={classes.head}>
        <Title order={2} size="h3">
          <bdi>{title}</bdi>
        </Title>
        <StatusBadge tone={decision ? 'good' : needsPerson ? 'bad' : 'waiting'}>
          {t(`conflicts.kind.${kind}`)}
        </StatusBadge>
      </div>
      {place && <PlaceLink place={place} title={title} />}
      {!decision && <Text>{t(`conflicts.explain.${kind}`)}</Text>}
      {files && <FilesOfAddress files={files} ownSite={ownSite} />}
      {needsPerson && !decision && !isTaken && <Text fw={600}>{t('conflicts.person')}</Text>}
      {isTaken && !decision && <Text fw={600}>{t('conflicts.takenAlready')}</Text>}
      <div className={classes.sides}>
        <ConflictSide
          title={t(decision ? 'conflicts.keptThen' : 'conflicts.kept')}
          side={counted}
          other={isTaken ? kept : lost}
          register={register}
          ownSite={ownSite}
          isSince={current !== null}
        />
        <ConflictSide
          title={t('conflicts.lost')}
          side={lost}
          other={isTaken ? kept : counted}
          register={register}
          ownSite={ownSite}
          isRemoval={kind === 'deleteOverridden'}
        />
      </div>
      {decision && (
        <Text size="sm">
          {t(`conflicts.decidedBy.${files && decision.what === 'kept' ? 'different' : decision.what}`, {
            name: `\u2068${decision.byName ?? t('conflicts.somebody')}\u2069`,
            when: formatMoment(decision.at),
          })}
        </Text>
      )}
      <ConflictActions conflict={conflict} title={title} onTooLate={(error) => onTooLate({ id, title, error })} />
    </Paper>
  )
}

/** The account of somebody who has a file is that person, and a grade is not the answer it was given for. */
function kindOf({ table, register, place }: Conflict): string {
  if (table === 'users' && place?.kind === 'file') return 'beneficiaries'
  return table === 'responses' && register === 'grade' ? 'marks' : table
}
