import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

interface UnsavedGuardProps {
  /** A function is asked at the moment of leaving, so that a key pressed right after the last letter finds it unsaved. */
  isDirty: boolean | (() => boolean)
  /** Whoever leaves gives up what was entered. */
  onLeave?: () => void
}

/** While there is something unsaved: asks before the page is left, inside the app or by closing the window. */
export function UnsavedGuard({ isDirty, onLeave }: UnsavedGuardProps) {
  const { t } = useTranslation()
  const isDirtyNow = () => (typeof isDirty === 'function' ? isDirty() : isDirty)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirtyNow() && current.pathname !== next.pathname,
    enableBeforeUnload: isDirtyNow,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      isOpen={blocker.status === 'blocked'}
      title={t('leave.title')}
      confirmLabel={t('leave.leave')}
      cancelLabel={t('leave.stay')}
      isDangerous
      onConfirm={() => {
        onLeave?.()
        blocker.proceed?.()
      }}
      onCancel={() => blocker.reset?.()}
    >
      {t('leave.text')}
    </ConfirmDialog>
  )
}
