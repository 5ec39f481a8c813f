import i18next from 'i18next'
import type { RefusalData } from '../../shared/contract/base.ts'
import { ConnectionLost } from './connection.ts'
import { diskTroubleOf, isWaitingForUnlock, refusalOf, requestIdOf } from './refusal.ts'

/**
 * One sentence, in the language of the screen, for whatever a call threw: the refusal, the number under which a bug is
 * written down, the state of the disk, that somebody has to unlock the data, or the lost connection.
 */
export function explain(error: unknown): string {
  const refusal = refusalOf(error)
  if (refusal) return sentenceOf(refusal)
  if (error instanceof ConnectionLost) return i18next.t('error.connectionLost', { ns: 'common' })
  if (isWaitingForUnlock(error)) return i18next.t('error.waitsForUnlock', { ns: 'common' })
  const disk = diskTroubleOf(error)
  if (disk) return i18next.t(disk === 'full' ? 'error.diskFull' : 'error.diskFailing', { ns: 'common' })
  const requestId = requestIdOf(error)
  return requestId
    ? i18next.t('error.unexpected', { ns: 'common', requestId })
    : i18next.t('error.unexpectedWithoutId', { ns: 'common' })
}

/** Why something was not done, in the language of the screen. */
export function sentenceOf({ key, params }: RefusalData): string {
  return i18next.t(key, { ns: 'refusal', ...params })
}
