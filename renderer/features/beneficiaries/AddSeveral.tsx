import { Button } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { SeveralForm } from './SeveralForm.tsx'

export function SeveralButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation('beneficiaries')
  return (
    <Button variant="default" leftSection={<IconListDetails size={18} aria-hidden />} onClick={onOpen}>
      {t('several.open')}
    </Button>
  )
}

/** Registers a class at once, from a list of names. Apart from its button, which may be gone once somebody is registered. */
export function SeveralDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('beneficiaries')
  return (
    <FormDialog isOpen={isOpen} title={t('several.title')} size="36rem" onClose={onClose}>
      {(form) => <SeveralForm {...form} />}
    </FormDialog>
  )
}
