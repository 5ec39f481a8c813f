import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PictureName, type PictureSecret, pictureNames } from '../../../../shared/contract/kiosk.ts'
import { Picture } from '../../../ui/Picture.tsx'
import classes from './entry.module.css'

interface PicturePadProps {
  isBusy: boolean
  onEnter: (pictures: PictureSecret) => void
}

const places = [0, 1, 2] as const

/** Three pictures in their order, for people who would rather not read or count. */
export function PicturePad({ isBusy, onEnter }: PicturePadProps) {
  const { t } = useTranslation('entry')
  const [chosen, setChosen] = useState<PictureName[]>([])
  const isFull = chosen.length === places.length
  return (
    <div className={classes.pad}>
      <ol className={classes.places} aria-live="polite" aria-label={t('picture.chosen')}>
        {places.map((place) => {
          const name = chosen[place]
          return (
            <li key={place} className={classes.place}>
              {name ? (
                <>
                  <Picture name={name} />
                  <span className={classes.pictureName}>{t(`picture.name.${name}`)}</span>
                </>
              ) : (
                <span className={classes.number}>{place + 1}</span>
              )}
            </li>
          )
        })}
      </ol>
      <div className={classes.pictures}>
        {pictureNames.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.picture}
            disabled={isFull || chosen.includes(name)}
            onClick={() => setChosen((before) => [...before, name])}
          >
            <Picture name={name} />
            <span className={classes.pictureName}>{t(`picture.name.${name}`)}</span>
          </button>
        ))}
      </div>
      <Group grow>
        <Button size="xl" variant="default" disabled={chosen.length === 0} onClick={() => setChosen([])}>
          {t('picture.again')}
        </Button>
        <Button size="xl" loading={isBusy} disabled={!isFull} onClick={() => onEnter(chosen)}>
          {t('enter')}
        </Button>
      </Group>
    </div>
  )
}
