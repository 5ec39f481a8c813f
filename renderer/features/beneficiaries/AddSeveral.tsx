import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconListDetails } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { SeveralForm } from './SeveralForm.tsx'

/** Registers a class at once, from a list of names. */
export function AddSeveral() {
  const { t } = useTranslation('beneficiaries')
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" leftSection={<IconListDetails size={18} aria-hidden />} onClick={open}>
        {t('several.open')}
      </Button>
      <Dialog isOpen={isOpen} title={t('several.title')} size="36rem" onClose={close}>
        <SeveralForm onClose={close} />
      </Dialog>
    </>
  )
}
