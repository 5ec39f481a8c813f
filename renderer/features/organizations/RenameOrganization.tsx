import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OrganizationName, type OrganizationRow } from '../../../shared/contract/organizations.ts'
import { api } from '../../lib/client.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'

interface RenameOrganizationProps {
  /** Null: closed. */
  organization: OrganizationRow | null
  onClose: () => void
}

export function RenameOrganization({ organization, onClose }: RenameOrganizationProps) {
  const { t } = useTranslation('organizations')
  return (
    <Dialog isOpen={organization !== null} title={t('renameTitle')} onClose={onClose}>
      {organization && <NameForm organization={organization} onClose={onClose} />}
    </Dialog>
  )
}

function NameForm({ organization, onClose }: { organization: OrganizationRow; onClose: () => void }) {
  const { t } = useTranslation(['organizations', 'common'])
  const queryClient = useQueryClient()
  const [name, setName] = useState(organization.name)
  const rename = useMutation(
    api.organizations.rename.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queryClient.invalidateQueries({ queryKey: api.organizations.key() }),
          queryClient.invalidateQueries({ queryKey: api.identity.me.key() }),
        ])
        onClose()
      },
    }),
  )
  const isMissing = !OrganizationName.safeParse(name).success
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isMissing) rename.mutate({ id: organization.id, name })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          data-autofocus
          required
          dir="auto"
          maxLength={100}
          label={t('name')}
          value={name}
          error={isMissing && t('nameMissing')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FormProblem error={rename.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={rename.isPending}>
            {t('rename')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
