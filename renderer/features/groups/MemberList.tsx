import { ActionIcon } from '@mantine/core'
import { IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../../shared/contract/groups.ts'
import { api } from '../../lib/client.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { AttendanceOfMember } from '../../ui/AttendanceShare.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import classes from './MemberList.module.css'
import { useOwnOnly } from './use-own-only.ts'

export function MemberList({ group: { id, members } }: { group: Group }) {
  const { t } = useTranslation('groups')
  const queryClient = useQueryClient()
  const isOwnOnly = useOwnOnly()
  const remove = useMutation(
    api.groups.removeMembers.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.groups.key() }),
      onError: toastProblem,
    }),
  )
  if (members.length === 0) {
    return (
      <EmptyState icon={IconUserPlus} title={t(isOwnOnly ? 'noOwnMembersTitle' : 'noMembersTitle')}>
        {t('noMembersText')}
      </EmptyState>
    )
  }
  return (
    <ul className={classes.list} aria-label={t('members')}>
      {members.map(({ beneficiaryId, name, status }) => (
        <li key={beneficiaryId} className={classes.row}>
          <span className={classes.name}>
            <TextLink to="/beneficiaries/$id/file" params={{ id: beneficiaryId }}>
              <bdi>{name}</bdi>
            </TextLink>
            {status !== 'active' && <span className={classes.state}> · {t('inactive')}</span>}{' '}
            <AttendanceOfMember groupId={id} beneficiaryId={beneficiaryId} />
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t('removeMember', { name })}
            onClick={() =>
              remove.mutate({ id, beneficiaryIds: [beneficiaryId] }, { onSuccess: () => toast(t('removed', { name })) })
            }
          >
            <IconUserMinus size={18} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}
