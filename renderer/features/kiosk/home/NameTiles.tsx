import { Loader, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import classes from './NameTiles.module.css'
import { initialsOf } from './people.ts'

interface NameTilesProps {
  people: { beneficiaryId: Id; name: string; apart: string | null }[]
  hasMore: boolean
  /** Who has just been touched. */
  seating: Id | null
  onChoose: (beneficiaryId: Id) => void
}

export function NameTiles({ people, hasMore, seating, onChoose }: NameTilesProps) {
  const { t } = useTranslation('kiosk')
  return (
    <>
      <VisuallyHidden role="status">
        {hasMore ? t('roster.foundMany', { count: people.length }) : t('roster.found', { count: people.length })}
      </VisuallyHidden>
      <ul className={classes.tiles}>
        {people.map(({ beneficiaryId, name, apart }) => (
          <li key={beneficiaryId}>
            <button
              type="button"
              className={classes.tile}
              aria-disabled={seating !== null}
              onClick={() => seating === null && onChoose(beneficiaryId)}
            >
              <span className={classes.initials} data-hue={beneficiaryId % 4} aria-hidden>
                {seating === beneficiaryId ? <Loader size="sm" color="currentColor" /> : initialsOf(name)}
              </span>
              <span className={classes.name} dir="auto">
                {name}
                {apart && (
                  <>
                    {' '}
                    <span className={classes.apart} dir="auto">
                      {apart}
                    </span>
                  </>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {hasMore && <p className={classes.more}>{t('roster.more')}</p>}
    </>
  )
}
