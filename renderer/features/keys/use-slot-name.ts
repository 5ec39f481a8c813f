import { useTranslation } from 'react-i18next'
import type { KeySlot } from '../../../shared/contract/keys.ts'

/** What a key is called on the screen. */
export function useSlotName() {
  const { t } = useTranslation('keys')
  return ({ kind, use, keychain }: KeySlot): string => {
    if (kind === 'keychain') return t('kind.keychain', { name: keychain })
    return kind === 'passphrase' ? t(use === 'backups' ? 'kind.backups' : 'kind.start') : t(`kind.${kind}`)
  }
}
