import { useTranslation } from 'react-i18next'
import type { OrganizationRow } from '../../../shared/contract/organizations.ts'
import { toast } from '../../lib/toast.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useSetOrganizationActive } from './use-set-organization-active.ts'

interface DeactivateOrganizationProps {
  /** Null: closed. */
  organization: OrganizationRow | null
  onClose: () => void
}

export function DeactivateOrganization({ organization, onClose }: DeactivateOrganizationProps) {
  const { t } = useTranslation('organizations')
  const setActive = useSetOrganizationActive()
  const name = organization?.name ?? ''
  const close = () => {
    setActive.reset()
    onClose()
  }
  function deactivate() {
    if (!organization) return
    const onSuccess = () => {
      toast(t('deactivated', { name }))
      close()
    }
    setActive.mutate({ id: organization.id, isActive: false }, { onSuccess })
  }
  return (
    <ConfirmDialog
      isOpen={organization !== null}
      title={t('question', { name })}
      confirmLabel={t('deactivate')}
      isDangerous
      isBusy={setActive.isPending}
      error={setActive.error}
      onConfirm={deactivate}
      onCancel={close}
    >
      {t('consequence', { name })}
    </ConfirmDialog>
  )
}
