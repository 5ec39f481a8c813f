import { Alert, Button, FileButton, Group } from '@mantine/core'
import { IconCamera, IconPhoto } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maxSourcePixels } from '../../../../shared/contract/photos.ts'
import { openPicture, type PictureProblem, pictureAccept } from './open-picture.ts'
import { PhotoCamera } from './PhotoCamera.tsx'
import classes from './photo.module.css'

/** Only a secure page has cameras at all. */
const hasCamera = () => typeof navigator.mediaDevices?.getUserMedia === 'function'

/** The ways in for a picture: the disk, a drop, and the camera where there is one. */
export function ChoosePicture({ onPicture }: { onPicture: (picture: ImageBitmap) => void }) {
  const { t } = useTranslation('file')
  const [isOver, setOver] = useState(false)
  const [isLive, setLive] = useState(false)
  const [isReading, setReading] = useState(false)
  const [problem, setProblem] = useState<PictureProblem | 'noCamera' | null>(null)
  async function read(file: File | null | undefined) {
    if (!file) return
    setReading(true)
    const opened = await openPicture(file)
    setReading(false)
    setProblem('problem' in opened ? opened.problem : null)
    if ('picture' in opened) onPicture(opened.picture)
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void read(event.dataTransfer.files[0])
  }
  if (isLive) {
    const stop = (why: 'noCamera' | null) => {
      setLive(false)
      setProblem(why)
    }
    return <PhotoCamera onPicture={onPicture} onFailed={() => stop('noCamera')} onCancel={() => stop(null)} />
  }
  return (
    <section
      className={classes.drop}
      data-over={isOver || undefined}
      aria-label={t('photo.drop')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {problem && (
        <Alert color="brick" role="alert" variant="light">
          {t(`photo.${problem}`, { megapixels: maxSourcePixels / 1_000_000 })}
        </Alert>
      )}
      <span className={classes.hint}>{t('photo.drop')}</span>
      <Group gap="sm">
        <FileButton accept={pictureAccept} onChange={(file) => void read(file)}>
          {(props) => (
            <Button {...props} loading={isReading} leftSection={<IconPhoto size={18} aria-hidden />}>
              {t('photo.choose')}
            </Button>
          )}
        </FileButton>
        {hasCamera() && (
          <Button
            variant="default"
            leftSection={<IconCamera size={18} aria-hidden />}
            onClick={() => {
              setProblem(null)
              setLive(true)
            }}
          >
            {t('photo.camera')}
          </Button>
        )}
      </Group>
    </section>
  )
}
