import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OrganizationRow } from '../../../shared/contract/organizations.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { NameForm } from '../../ui/NameForm.tsx'

interface RenameOrganizationProps {
  /** Null: closed. */
  organization: OrganizationRow | null
  onClose: () => void
}

export function RenameOrganization({ organization, onClose }: RenameOrganizationProps) {
  const { t } = useTranslation('organizations')
  return (
    <Dialog isOpen={organization !== null} title={t('renameTitle')} onClose={onClose}>
      {organization && <RenameForm organization={organization} onClose={onClose} />}
    </Dialog>
  )
}

function RenameForm({ organization, onClose }: { organization: OrganizationRow; onClose: () => void }) {
  const { t } = useTranslation('organizations')
  const queryClient = useQueryClient()
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
  return (
    <NameForm
      label={t('name')}
      missing={t('nameMissing')}
      maxLength={100}
      name={organization.name}
      submitLabel={t('rename')}
      isBusy={rename.isPending}
      error={rename.error}
      onSubmit={(name) => rename.mutate({ id: organization.id, name })}
      onCancel={onClose}
    />
  )
}
