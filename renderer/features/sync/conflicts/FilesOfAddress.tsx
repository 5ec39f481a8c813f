import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../../shared/contract/sync.ts'
import { Facts } from '../../../ui/Facts.tsx'
import { Apart, canBeToldApart } from '../../../ui/person-option.tsx'
import { useWhere } from './use-where.ts'

interface FilesOfAddressProps {
  files: NonNullable<Conflict['files']>
  ownSite: number | null
}

/** Which of the two has the address, each with what tells it from the other also where both have one name. */
export function FilesOfAddress({ files: { first, second }, ownSite }: FilesOfAddressProps) {
  const { t } = useTranslation('sync')
  const where = useWhere(ownSite)
  const about = (file: typeof first, other: typeof first) => (
    <>
      <bdi>{file.name}</bdi> · <Apart person={file} />
      {canBeToldApart(file) && ' · '}
      {t('conflicts.madeAt', { where: where(file, other) })}
    </>
  )
  return (
    <Facts
      facts={[
        { name: t('conflicts.hasAddress'), value: about(first, second) },
        { name: t('conflicts.hasOther'), value: about(second, first) },
      ]}
    />
  )
}
