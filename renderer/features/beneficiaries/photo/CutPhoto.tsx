import { Button, Group, Slider, Stack, Text, useDirection } from '@mantine/core'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Cut, drawCut, firstCut, photoFrom, pulled, roomOf } from './cut-photo.ts'
import classes from './photo.module.css'

interface CutPhotoProps {
  picture: ImageBitmap
  isBusy: boolean
  /** In base64. */
  onKeep: (photo: string) => void
  onAgain: () => void
}

const shownSide = 256

/** Which square of a picture is kept: by dragging, or by sliders. */
export function CutPhoto({ picture, isBusy, onKeep, onAgain }: CutPhotoProps) {
  const { t } = useTranslation('file')
  const canvas = useRef<HTMLCanvasElement>(null)
  const [cut, setCut] = useState(() => firstCut(picture))
  const room = roomOf(picture, cut)
  useEffect(() => {
    if (canvas.current) drawCut(canvas.current.getContext('2d'), canvas.current.width, picture, cut)
  }, [picture, cut])
  function drag({ buttons, movementX, movementY }: PointerEvent) {
    if (buttons === 1) setCut(pulled(picture, cut, { x: movementX / shownSide, y: movementY / shownSide }))
  }
  return (
    <Stack gap="md">
      <div className={classes.frame}>
        <canvas
          ref={canvas}
          className={classes.cut}
          width={shownSide * 2}
          height={shownSide * 2}
          role="img"
          aria-label={t('photo.part')}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
        />
      </div>
      <span className={classes.hint}>{t('photo.partHint')}</span>
      <CutSlider name="zoom" range={[1, 4]} cut={cut} onCut={setCut} />
      <CutSlider name="across" range={[0, 1]} cut={cut} onCut={setCut} isIdle={!room.across} />
      <CutSlider name="down" range={[0, 1]} cut={cut} onCut={setCut} isIdle={!room.down} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onAgain}>
          {t('photo.again')}
        </Button>
        <Button data-autofocus loading={isBusy} onClick={() => void photoFrom(picture, cut).then(onKeep)}>
          {t('photo.keep')}
        </Button>
      </Group>
    </Stack>
  )
}

interface CutSliderProps {
  name: keyof Cut
  range: readonly [least: number, most: number]
  cut: Cut
  onCut: (cut: Cut) => void
  /** The picture ends there. */
  isIdle?: boolean
}

function CutSlider({ name, range: [min, max], cut, onCut, isIdle = false }: CutSliderProps) {
  const { t } = useTranslation('file')
  const { dir } = useDirection()
  // The right of a picture is at the right in every language.
  const placed = (value: number) => (name === 'across' && dir === 'rtl' ? max - value : value)
  return (
    <div>
      <Text size="sm" component="span" aria-hidden>
        {t(`photo.${name}`)}
      </Text>
      <Slider
        label={null}
        thumbLabel={t(`photo.${name}`)}
        min={min}
        max={max}
        step={0.02}
        disabled={isIdle}
        value={placed(cut[name])}
        onChange={(value) => onCut({ ...cut, [name]: placed(value) })}
      />
    </div>
  )
}
