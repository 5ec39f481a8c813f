import { Button, Group, Menu } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { mayUse } from '../../../../shared/permissions.ts'
import { api, client } from '../../../lib/client.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { actorKindOf, useMe } from '../../../lib/session.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { SealedSaveDialog } from '../../../ui/saving/SealedSaveDialog.tsx'
import { EraseDialog } from './EraseDialog.tsx'

/** What the law gives a person of their data, in their file; for administrators. */
export function PersonPrivacy({ person }: { person: Pick<Beneficiary, 'id' | 'name'> }) {
  const { t } = useTranslation('privacy')
  const kind = actorKindOf(useMe())
  const navigate = useNavigate()
  const [isErasing, setErasing] = useState(false)
  const [isSealing, setSealing] = useState(false)
  const copy = useMutation(
    api.privacy.export.mutationOptions({
      onSuccess(file) {
        saveFile(file)
        toast(t('copy.saved', { name: person.name }))
      },
      onError: toastProblem,
    }),
  )
  if (!mayUse(kind, 'privacy.erase')) return null
  return (
    <Group justify="flex-end" mb="xs">
      <Menu position="top-end">
        <Menu.Target>
          <Button
            size="xs"
            variant="subtle"
            loading={copy.isPending}
            leftSection={<IconShieldLock size={16} aria-hidden />}
          >
            {t('menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate({ to: '/activity', search: { person: person.id } })}>
            {t('log')}
          </Menu.Item>
          <Menu.Item onClick={() => copy.mutate({ beneficiaryId: person.id })}>{t('copy.action')}</Menu.Item>
          <Menu.Item onClick={() => setSealing(true)}>{t('copy.sealed')}</Menu.Item>
          <Menu.Item color="brick" onClick={() => setErasing(true)}>
            {t('erase.action')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isSealing && (
        <SealedSaveDialog
          formats={[{ value: 'zip', label: 'ZIP' }]}
          ask={() => client.privacy.export({ beneficiaryId: person.id })}
          onClose={() => setSealing(false)}
        />
      )}
      {isErasing && <EraseDialog person={person} onClose={() => setErasing(false)} />}
    </Group>
  )
}
