import { Button } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './QrCamera.module.css'

interface QrCameraProps {
  /** What it sees now is not reported. */
  isPaused: boolean
  onCode: (code: string) => void
}

/** Only a secure page has cameras at all; a phone that came over the room's Wi-Fi has the link on the card instead. */
const hasCamera = () => typeof navigator.mediaDevices?.getUserMedia === 'function'

/** Reads a QR code that is held in front of this machine. Renders nothing where there is no camera to ask for. */
export function QrCamera(props: QrCameraProps) {
  const { t } = useTranslation('entry')
  const [state, setState] = useState<'off' | 'on' | 'failed'>('off')
  if (!hasCamera()) return null
  if (state === 'on') return <LiveCamera {...props} onFailed={() => setState('failed')} />
  return (
    <>
      {state === 'failed' && <p role="alert">{t('camera.failed')}</p>}
      <Button size="lg" variant="default" leftSection={<IconCamera aria-hidden />} onClick={() => setState('on')}>
        {t('camera.start')}
      </Button>
    </>
  )
}

const framePauseMs = 250

function LiveCamera({ isPaused, onCode, onFailed }: QrCameraProps & { onFailed: () => void }) {
  const { t } = useTranslation('entry')
  const video = useRef<HTMLVideoElement>(null)
  const report = useEffectEvent((code: string | null) => code !== null && !isPaused && onCode(code))
  const fail = useEffectEvent(onFailed)
  useEffect(() => {
    const ending = new AbortController()
    watch(video.current, report, ending.signal).catch(() => ending.signal.aborted || fail())
    return () => ending.abort()
  }, [])
  return <video ref={video} className={classes.video} muted playsInline aria-label={t('camera.picture')} />
}

/** Looks at a few frames a second until the signal says stop, then gives the camera back. */
async function watch(video: HTMLVideoElement | null, report: (code: string | null) => void, signal: AbortSignal) {
  if (!video) return
  const { readQrCode } = await import('../lib/read-qr-code.ts')
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' }, audio: false })
  try {
    video.srcObject = stream
    await video.play()
    while (!signal.aborted) {
      report(readQrCode(video, { width: video.videoWidth, height: video.videoHeight }))
      await new Promise((resolve) => setTimeout(resolve, framePauseMs))
    }
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
