import { Button, Group, Slider, Stack, Text } from '@mantine/core'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Cut, drawCut, firstCut, photoFrom, pulled } from './cut-photo.ts'
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
  useEffect(() => {
    if (canvas.current) drawCut(canvas.current.getContext('2d'), canvas.current.width, picture, cut)
  }, [picture, cut])
  function drag({ buttons, movementX, movementY }: PointerEvent) {
    if (buttons === 1) setCut(pulled(picture, cut, { x: movementX / shownSide, y: movementY / shownSide }))
  }
  return (
    <Stack gap="md">
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
      <span className={classes.hint}>{t('photo.partHint')}</span>
      <CutSlider name="zoom" range={[1, 4]} cut={cut} onCut={setCut} />
      <CutSlider name="across" range={[0, 1]} cut={cut} onCut={setCut} />
      <CutSlider name="down" range={[0, 1]} cut={cut} onCut={setCut} />
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
}

function CutSlider({ name, range: [min, max], cut, onCut }: CutSliderProps) {
  const { t } = useTranslation('file')
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
        value={cut[name]}
        onChange={(value) => onCut({ ...cut, [name]: value })}
      />
    </div>
  )
}
