import { IconDeviceFloppy, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ConnectionLost } from '../../../lib/connection.ts'
import { diskTroubleOf, isWaitingForUnlock, refusalOf, requestIdOf } from '../../../lib/refusal.ts'
import classes from './notices.module.css'
import { useSessionState, useUnsavedCount } from './session-context.ts'

/** Says in large words that the core does not answer, what that means for the answers, and what to do: nothing. */
export function TroubleBanner() {
  const { t } = useTranslation('kiosk')
  const trouble = useSessionState((state) => state.trouble)
  const unsaved = useUnsavedCount()
  if (trouble === null) return null
  const kind = kindOf(trouble)
  const requestId = requestIdOf(trouble)
  const Icon = kind === 'away' ? IconPlugConnectedX : IconDeviceFloppy
  return (
    <div className={classes.trouble}>
      <Icon size={40} aria-hidden />
      <div>
        <strong className={classes.troubleTitle}>{t(`trouble.${kind}`)}</strong>
        <span className={classes.troubleText}>
          {t(`trouble.${kind}Text`)} {unsaved > 0 && t('trouble.unsaved', { count: unsaved })}{' '}
          {requestId && t('trouble.brokenNumber', { requestId })}
        </span>
      </div>
    </div>
  )
}

/**
 * `away`: nobody answers; `broken`: the core answers with a fault; `full`: its disk is full; `signedOut`: it does not know who
 * asks; `locked`: it was started again, and somebody has to unlock it.
 */
function kindOf(trouble: unknown): 'away' | 'broken' | 'full' | 'signedOut' | 'locked' {
  if (isWaitingForUnlock(trouble)) return 'locked'
  if (refusalOf(trouble)) return 'signedOut'
  if (diskTroubleOf(trouble) === 'full') return 'full'
  return trouble instanceof ConnectionLost ? 'away' : 'broken'
}
