import { useTranslation } from 'react-i18next'
import type { KeySlot } from '../../../shared/contract/keys.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { MachineForm, RecoveryForm, RevokeForm } from './ConfirmForms.tsx'
import { PassphraseForm } from './PassphraseForm.tsx'
import { useSlotName } from './use-slot-name.ts'

export type KeyTask =
  | { kind: 'recovery'; isRenewed: boolean }
  | { kind: 'passphrase'; use: 'start' | 'backups'; insteadOf: string | null }
  | { kind: 'byItself'; hasKeychain: boolean }
  | { kind: 'revoke'; slot: KeySlot }

interface KeyDialogProps {
  task: KeyTask | null
  onClose: () => void
  onCode: (groups: string[]) => void
}

/** One change of the keys, confirmed with the own password. */
export function KeyDialog({ task, onClose, onCode }: KeyDialogProps) {
  const { t } = useTranslation('keys')
  const nameOf = useSlotName()
  if (!task) return null
  const titles = {
    recovery: t('recovery.title'),
    passphrase: t(
      task.kind === 'passphrase' && task.use === 'backups' ? 'passphrase.titleForBackups' : 'passphrase.title',
    ),
    byItself: t('byItself.title'),
    revoke: task.kind === 'revoke' ? t('revoke.title', { name: nameOf(task.slot) }) : '',
  }
  return (
    <Dialog isOpen title={titles[task.kind]} onClose={onClose}>
      {task.kind === 'recovery' && <RecoveryForm isRenewed={task.isRenewed} onCode={onCode} onClose={onClose} />}
      {task.kind === 'passphrase' && <PassphraseForm use={task.use} insteadOf={task.insteadOf} onClose={onClose} />}
      {task.kind === 'byItself' && <MachineForm hasKeychain={task.hasKeychain} onClose={onClose} />}
      {task.kind === 'revoke' && <RevokeForm slot={task.slot} onClose={onClose} />}
    </Dialog>
  )
}
