import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { PersonMark } from '../../../ui/PersonMark.tsx'
import { photoOf } from '../../../ui/use-photo.ts'
import { ChoosePicture } from './ChoosePicture.tsx'
import { CutPhoto } from './CutPhoto.tsx'
import { PhotoConsent } from './PhotoConsent.tsx'
import classes from './photo.module.css'
import { useKeepPhoto } from './use-keep-photo.ts'

interface PhotoDialogProps {
  person: Beneficiary
  onClose: () => void
}

/** The photo as large as it is, and the ways to another one: a file, a drop, the camera. */
export function PhotoDialog({ person, onClose }: PhotoDialogProps) {
  const { t } = useTranslation('file')
  const [picture, setPicture] = useState<ImageBitmap | null>(null)
  const { keep, remove } = useKeepPhoto(person, onClose)
  return (
    <Dialog isOpen title={t('photo.of', { name: person.name })} onClose={onClose}>
      <Stack gap="md">
        {picture ? (
          <CutPhoto
            picture={picture}
            isBusy={keep.isPending}
            onKeep={(photo) => keep.mutate(photo)}
            onAgain={() => setPicture(null)}
          />
        ) : (
          <>
            <div className={classes.large}>
              <PersonMark name={person.name} size={160} photo={photoOf(person)} />
              {person.photo === null && <span className={classes.hint}>{t('photo.none')}</span>}
            </div>
            <PhotoConsent person={person}>
              <ChoosePicture onPicture={setPicture} />
            </PhotoConsent>
            {person.photo !== null && (
              <Group justify="flex-end">
                <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
                  {t('photo.remove')}
                </Button>
              </Group>
            )}
          </>
        )}
        <FormProblem error={keep.error ?? remove.error} />
      </Stack>
    </Dialog>
  )
}
