import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GroupProgress } from '../../../shared/contract/today.ts'
import { formatNumber } from '../../lib/format.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import classes from './today.module.css'

export function GroupCard({ group }: { group: GroupProgress }) {
  const { t } = useTranslation('today')
  const { id, name, members, active, judged, passed, behind } = group
  const results =
    judged === 0
      ? t('groups.noPassMark')
      : t('groups.passed', { passed: formatNumber(passed), judged: formatNumber(judged) })
  return (
    <li className={classes.group}>
      <TextLink to="/groups/$id" params={{ id }} className={classes.name}>
        <bdi>{name}</bdi>
      </TextLink>
      <span className={classes.note}>
        {t('groups.active', { active: formatNumber(active), members: formatNumber(members) })}
      </span>
      <span className={classes.result}>{results}</span>
      {judged > 0 && <Progress value={(passed / judged) * 100} size="sm" aria-label={results} />}
      {judged > 0 && (
        <span className={classes.behind}>
          {behind.count > 0 ? <Behind behind={behind} /> : t('groups.nobodyBehind')}
        </span>
      )}
    </li>
  )
}

function Behind({ behind: { count, people } }: Pick<GroupProgress, 'behind'>) {
  const { t } = useTranslation('today')
  const more = count - people.length
  return (
    <>
      {t('groups.behind', { count })}
      <span className={classes.people}>
        {people.map(({ beneficiaryId, name }) => (
          <TextLink
            key={beneficiaryId}
            to="/beneficiaries/$id/file"
            params={{ id: beneficiaryId }}
            search={{ part: 'progress' }}
            size="sm"
          >
            <bdi>{name}</bdi>
          </TextLink>
        ))}
        {more > 0 && <span>{t('groups.more', { count: more })}</span>}
      </span>
    </>
  )
}
