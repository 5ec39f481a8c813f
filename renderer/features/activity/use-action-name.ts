import { useTranslation } from 'react-i18next'
import { isKnownAction } from './known-actions.ts'

/** An action in words; one that is newer than the words keeps its technical name. */
export function useActionName() {
  const { t } = useTranslation('activity')
  return (action: string) => (isKnownAction(action) ? t(`did.${action}`) : action)
}
