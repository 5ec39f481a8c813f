import { Button, Group, Menu, Text } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { mayUse } from '../../../../shared/permissions.ts'
import { api, client } from '../../../lib/client.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { actorKindOf, useMe } from '../../../lib/session.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { EraseDialog } from '../../../ui/EraseDialog.tsx'
import type { WhatTellsApart } from '../../../ui/person-option.tsx'
import { SealedSaveDialog } from '../../../ui/saving/SealedSaveDialog.tsx'
import { PersonConsents } from './PersonConsents.tsx'

/** What a person consented to, and what the law gives them of their data, in their file. */
export function PersonPrivacy({ person }: { person: Pick<Beneficiary, 'id' | 'name' | keyof WhatTellsApart> }) {
  const navigate = useNavigate()
  const [opened, setOpened] = useState<'consents' | 'seal' | 'erase' | null>(null)
  return (
    <Group gap="xs">
      <State beneficiaryId={person.id} onOpen={() => setOpened('consents')} />
      <AdminMenu person={person} onSeal={() => setOpened('seal')} onErase={() => setOpened('erase')} />
      {opened === 'consents' && <PersonConsents person={person} onClose={() => setOpened(null)} />}
      {opened === 'seal' && (
        <SealedSaveDialog
          formats={[{ value: 'zip', label: 'ZIP' }]}
          ask={() => client.privacy.export({ beneficiaryId: person.id })}
          onClose={() => setOpened(null)}
        />
      )}
      {opened === 'erase' && (
        <EraseDialog
          person={{ beneficiaryId: person.id }}
          name={person.name}
          apart={person}
          onErased={() => navigate({ to: '/beneficiaries', search: true })}
          onClose={() => setOpened(null)}
        />
      )}
    </Group>
  )
}

/** How many topics somebody says yes to, and whether a hold keeps their data. */
function State({ beneficiaryId, onOpen }: { beneficiaryId: number; onOpen: () => void }) {
  const { t } = useTranslation('privacy')
  const found = useQuery(api.privacy.consentsOf.queryOptions({ input: { beneficiaryId } }))
  const { texts = [], consents = [], hold } = found.data ?? {}
  const given = texts.filter(({ id, topic }) => {
    const last = consents.find((one) => one.topic === topic)
    return last?.kind === 'given' && last.textId === id
  })
  return (
    <div>
      {texts.length + consents.length > 0 && (
        <Button size="xs" variant="subtle" onClick={onOpen}>
          {t('consent.button', { given: given.length, all: texts.length })}
        </Button>
      )}
      {hold && (
        <Text size="sm" px="xs">
          {t('holds.inFile', { reason: hold.reason })}
        </Text>
      )}
    </div>
  )
}

interface AdminMenuProps {
  person: Pick<Beneficiary, 'id' | 'name'>
  onSeal: () => void
  onErase: () => void
}

function AdminMenu({ person, onSeal, onErase }: AdminMenuProps) {
  const { t } = useTranslation('privacy')
  const kind = actorKindOf(useMe())
  const navigate = useNavigate()
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
        <Menu.Item onClick={onSeal}>{t('copy.sealed')}</Menu.Item>
        <Menu.Item color="brick" onClick={onErase}>
          {t('erase.action')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
