import { Button, Group, Stack } from '@mantine/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './photo.module.css'

interface PhotoCameraProps {
  onPicture: (picture: ImageBitmap) => void
  onFailed: () => void
  onCancel: () => void
}

/** What the camera sees, until a photo is taken; then the camera is given back. */
export function PhotoCamera({ onPicture, onFailed, onCancel }: PhotoCameraProps) {
  const { t } = useTranslation('file')
  const { t: common } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const [isOn, setOn] = useState(false)
  const fail = useEffectEvent(onFailed)
  useEffect(() => {
    const ending = new AbortController()
    show(video.current, ending.signal)
      .then(() => ending.signal.aborted || setOn(true))
      .catch(() => ending.signal.aborted || fail())
    return () => ending.abort()
  }, [])
  async function take() {
    if (video.current) onPicture(await createImageBitmap(video.current))
  }
  return (
    <Stack gap="sm">
      <video ref={video} className={classes.video} muted playsInline aria-label={t('photo.live')} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel}>
          {common('action.cancel')}
        </Button>
        <Button disabled={!isOn} onClick={() => void take().catch(onFailed)}>
          {t('photo.take')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Shows the camera until the signal says stop, also where it comes on only after that. */
async function show(video: HTMLVideoElement | null, signal: AbortSignal) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  const stop = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  if (signal.aborted || !video) return stop()
  signal.addEventListener('abort', stop)
  video.srcObject = stream
  await video.play()
}
