import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { GroupCard } from './GroupCard.tsx'
import { Part } from './Part.tsx'
import classes from './today.module.css'

/** How the groups that took something lately do, and who may need help. */
export function GroupsPart() {
  const { t } = useTranslation('today')
  const groups = useQuery(api.today.groups.queryOptions())
  return (
    <Part
      title={t('groups.title')}
      note={groups.data?.length === 0 ? t('groups.none') : t('groups.note')}
      action={
        <TextLink to="/groups" size="sm">
          {t('groups.open')}
        </TextLink>
      }
    >
      {groups.isPending && <LoadingRows count={3} />}
      {groups.isError && <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />}
      {groups.data && groups.data.length > 0 && (
        <ul className={classes.groups}>
          {groups.data.map((group) => (
            <GroupCard key={group.id} group={group} />
          ))}
        </ul>
      )}
    </Part>
  )
}
