import { UnstyledButton } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { PersonMark } from '../../../ui/PersonMark.tsx'
import { photoOf } from '../../../ui/use-photo.ts'
import { PhotoDialog } from './PhotoDialog.tsx'
import classes from './photo.module.css'

/** What the person looks like, at the head of their file; pressed, it is larger and can be changed. */
export function PhotoButton({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('file')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <UnstyledButton
        className={classes.button}
        aria-label={t('photo.of', { name: person.name })}
        onClick={() => setOpen(true)}
      >
        <PersonMark name={person.name} size={64} photo={photoOf(person)} />
        <span className={classes.badge}>
          <IconCamera size={15} stroke={1.8} aria-hidden />
        </span>
      </UnstyledButton>
      {isOpen && <PhotoDialog person={person} onClose={() => setOpen(false)} />}
    </>
  )
}
