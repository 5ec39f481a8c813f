import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

interface UnsavedGuardProps {
  /** A function is asked at the moment of leaving, so that a key pressed right after the last letter finds it unsaved. */
  isDirty: boolean | (() => boolean)
  /** Whoever leaves gives up what was entered. */
  onLeave?: () => void
  /** What is shown depends on what stands behind the question mark of the address, so that another one is left as well. */
  isOfSearch?: boolean
}

/** While there is something unsaved: asks before the page is left, inside the app or by closing the window. */
export function UnsavedGuard({ isDirty, onLeave, isOfSearch = false }: UnsavedGuardProps) {
  const isDirtyNow = () => (typeof isDirty === 'function' ? isDirty() : isDirty)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirtyNow() &&
      (current.pathname !== next.pathname ||
        (isOfSearch && JSON.stringify(current.search) !== JSON.stringify(next.search))),
    enableBeforeUnload: isDirtyNow,
    withResolver: true,
  })
  return (
    <LeaveDialog
      isOpen={blocker.status === 'blocked'}
      onLeave={() => {
        onLeave?.()
        blocker.proceed?.()
      }}
      onStay={() => blocker.reset?.()}
    />
  )
}

interface LeaveDialogProps {
  isOpen: boolean
  onLeave: () => void
  onStay: () => void
}

/** Asks whether what was entered may be lost. */
export function LeaveDialog({ isOpen, onLeave, onStay }: LeaveDialogProps) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('leave.title')}
      confirmLabel={t('leave.leave')}
      cancelLabel={t('leave.stay')}
      isDangerous
      onConfirm={onLeave}
      onCancel={onStay}
    >
      {t('leave.text')}
    </ConfirmDialog>
  )
}
