import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { NameForm } from '../../ui/NameForm.tsx'

interface RenameComputerProps {
  machine: string
}

/** Another name for this computer, which the centre and the others hear of by and by. */
export function RenameComputer({ machine }: RenameComputerProps) {
  const { t } = useTranslation('sync')
  const [isAsking, setIsAsking] = useState(false)
  const close = () => setIsAsking(false)
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setIsAsking(true)}>
        {t('connected.rename.action')}
      </Button>
      <Dialog isOpen={isAsking} title={t('connected.rename.title')} onClose={close}>
        {isAsking && <RenameForm machine={machine} onClose={close} />}
      </Dialog>
    </>
  )
}

function RenameForm({ machine, onClose }: RenameComputerProps & { onClose: () => void }) {
  const { t } = useTranslation('sync')
  const queryClient = useQueryClient()
  const rename = useMutation(
    api.sync.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.sync.key() })
        toast(t('connected.rename.done'))
        onClose()
      },
    }),
  )
  return (
    <NameForm
      label={t('connected.machine')}
      missing={t('connected.rename.missing')}
      maxLength={100}
      name={machine}
      submitLabel={t('connected.rename.submit')}
      isBusy={rename.isPending}
      error={rename.error}
      onSubmit={(name) => rename.mutate({ machine: name })}
      onCancel={onClose}
    />
  )
}
