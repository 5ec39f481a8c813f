import { Button, List, Stack } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { type GoesAlong, trashDays } from '../../../../shared/contract/people-trash.ts'
import { api } from '../../../lib/client.ts'
import { toastUndo } from '../../../lib/toast-undo.tsx'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { useRestore } from './use-restore.ts'

type Person = Pick<Beneficiary, 'id' | 'name'>

/** Puts somebody in the trash, after a look at what is out of sight with them. */
export function TrashButton({ person }: { person: Person }) {
  const { t } = useTranslation('beneficiaries')
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button
        variant="subtle"
        color="brick"
        size="xs"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('trash.put')}
      </Button>
      {isAsking && <Question person={person} onClose={() => setAsking(false)} />}
    </>
  )
}

function Question({ person: { id, name }, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation('beneficiaries')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const restore = useRestore()
  const along = useQuery(api.peopleTrash.goesAlong.queryOptions({ input: { id }, gcTime: 0 }))
  const put = useMutation(
    api.peopleTrash.put.mutationOptions({
      async onSuccess() {
        onClose()
        toastUndo(t('trash.done', { name }), () => restore.mutate({ id, name }))
        await navigate({ to: '/beneficiaries', search: true, ignoreBlocker: true })
        await queryClient.invalidateQueries()
      },
    }),
  )
  return (
    <ConfirmDialog
      isOpen
      isDangerous
      title={t('trash.question', { name })}
      confirmLabel={t('trash.put')}
      isBusy={put.isPending || along.isPending}
      error={put.error ?? along.error}
      onConfirm={() => put.mutate({ id })}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <span>{t('trash.text', { name, count: trashDays })}</span>
        {along.data && <Along along={along.data} />}
      </Stack>
    </ConfirmDialog>
  )
}

function Along({ along: { appointments, groups, sessions } }: { along: GoesAlong }) {
  const { t } = useTranslation('beneficiaries')
  const parts = [
    appointments > 0 && t('trash.appointments', { count: appointments }),
    groups > 0 && t('trash.groups', { count: groups }),
    sessions > 0 && t('trash.sessions', { count: sessions }),
  ].filter((part) => part !== false)
  if (parts.length === 0) return null
  return (
    <div>
      {t('trash.along')}
      <List>
        {parts.map((part) => (
          <List.Item key={part}>{part}</List.Item>
        ))}
      </List>
    </div>
  )
}
