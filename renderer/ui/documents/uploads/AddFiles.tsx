import { Button, FileButton } from '@mantine/core'
import { IconCamera, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useUploads } from './jobs.ts'
import type { UploadPlace } from './send-file.ts'

/** The ways in for files that need no dragging: from the disk, or from the camera of a phone or tablet. */
export function AddFiles({ place, isSmall = false }: { place: UploadPlace; isSmall?: boolean }) {
  const { t } = useTranslation('documents')
  const { add } = useUploads()
  const size = isSmall ? 'xs' : 'sm'
  return (
    <>
      <FileButton accept="image/*" capture="environment" onChange={(file) => file && add([file], place)}>
        {(props) => (
          <Button {...props} size={size} variant="default" leftSection={<IconCamera size={18} aria-hidden />}>
            {t('photo')}
          </Button>
        )}
      </FileButton>
      <FileButton multiple onChange={(files) => add(files, place)}>
        {(props) => (
          <Button
            {...props}
            size={size}
            variant={isSmall ? 'default' : 'filled'}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {t('add')}
          </Button>
        )}
      </FileButton>
    </>
  )
}
