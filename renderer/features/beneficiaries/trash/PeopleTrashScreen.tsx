import { Button, Group } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type TrashedPerson, trashDays } from '../../../../shared/contract/people-trash.ts'
import { mayUse } from '../../../../shared/permissions.ts'
import { api } from '../../../lib/client.ts'
import { formatDay, formatList, formatMoment } from '../../../lib/format.ts'
import { actorKindOf, useMe } from '../../../lib/session.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { EraseDialog } from '../../../ui/EraseDialog.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { Row, RowList } from '../../../ui/RowList.tsx'
import { useRestore } from './use-restore.ts'

/** Who was put in the trash, by whom and until when, and the way back. */
export function PeopleTrashScreen() {
  const { t } = useTranslation('beneficiaries')
  const list = useQuery(api.peopleTrash.list.queryOptions())
  return (
    <Page>
      <PageHeader
        title={t('trash.title')}
        back={
          <BackLink to="/beneficiaries" search={{}}>
            {t('title')}
          </BackLink>
        }
        note={t('trash.note', { count: trashDays })}
      />
      {list.isPending && <LoadingRows />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState icon={IconTrash} title={t('trash.emptyTitle')}>
          {t('trash.emptyText')}
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && (
        <RowList>
          {list.data.map((person) => (
            <Trashed key={person.id} person={person} />
          ))}
        </RowList>
      )}
    </Page>
  )
}

function Trashed({ person }: { person: TrashedPerson }) {
  const { t } = useTranslation('beneficiaries')
  const { id, name, dateOfBirth, trainerName, deletedAt, byName, along, daysLeft, isHeld } = person
  const restore = useRestore()
  const when = formatMoment(deletedAt)
  return (
    <Row
      name={<bdi>{name}</bdi>}
      facts={[
        ...(dateOfBirth || trainerName
          ? [
              [dateOfBirth && formatDay(dateOfBirth), trainerName && `\u2068${trainerName}\u2069`]
                .filter(Boolean)
                .join(' · '),
            ]
          : []),
        ...(along.length > 0
          ? [t('trash.joined', { names: formatList(along.map((one) => `\u2068${one}\u2069`)) })]
          : []),
        byName ? t('trash.putBy', { when, name: `\u2068${byName}\u2069` }) : t('trash.putAt', { when }),
        isHeld ? t('trash.held') : t('trash.left', { count: daysLeft }),
      ]}
      actions={
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            aria-label={t('trash.restoreOf', { name })}
            loading={restore.isPending}
            onClick={() => restore.mutate({ id, name })}
          >
            {t('trash.restore')}
          </Button>
          {!isHeld && <EraseButton person={person} />}
        </Group>
      }
    />
  )
}

function EraseButton({ person }: { person: TrashedPerson }) {
  const { t } = useTranslation('beneficiaries')
  const [isAsking, setAsking] = useState(false)
  const { id, name } = person
  if (!mayUse(actorKindOf(useMe()), 'privacy.erase')) return null
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        color="brick"
        aria-label={t('trash.eraseOf', { name })}
        onClick={() => setAsking(true)}
      >
        {t('trash.erase')}
      </Button>
      {isAsking && (
        <EraseDialog
          person={{ beneficiaryId: id }}
          name={name}
          apart={person}
          onErased={() => setAsking(false)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
