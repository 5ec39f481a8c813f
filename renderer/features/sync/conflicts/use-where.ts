import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../../shared/contract/sync.ts'

type Place = Pick<Conflict['kept'], 'site' | 'machine'>

/** On which computer something was written, beside something else. */
export function useWhere(ownSite: number | null) {
  const { t } = useTranslation('sync')
  return (place: Place, other: Place) =>
    t(`conflicts.where.${whereOf(place, other, ownSite)}`, {
      number: place.site,
      name: `\u2068${place.machine ?? ''}\u2069`,
    })
}

/** The number is said where there is no name, and where the computer of the other side has the same. */
function whereOf({ site, machine }: Place, other: Place, ownSite: number | null) {
  if (site === 0) return 'centre'
  if (site === ownSite) return 'this'
  if (machine === null) return 'numbered'
  return machine === other.machine && site !== other.site ? 'namedAndNumbered' : 'named'
}
