import { useTranslation } from 'react-i18next'
import type { Picture } from '../../../../../shared/contract/questions.ts'
import { FormProblem } from '../../../../ui/FormProblem.tsx'
import { PictureButton } from './PictureButton.tsx'
import { PictureField } from './PictureField.tsx'
import { usePictureUpload } from './use-picture-upload.ts'

interface Props {
  picture: Picture | undefined
  /** Of the option, counted from 1. */
  number: number
  onChange: (picture: Picture | undefined) => void
}

/** The one picture that an answer to choose may have. */
export function OptionPicture({ picture, number, onChange }: Props) {
  const { t } = useTranslation('editor')
  const upload = usePictureUpload(([added]) => onChange(added))
  if (picture) return <PictureField picture={picture} onChange={onChange} onRemove={() => onChange(undefined)} />
  return (
    <div>
      <PictureButton
        label={t('picture.addToOption', { number })}
        isLoading={upload.isPending}
        onFiles={(files) => upload.mutate(files.slice(0, 1))}
      />
      <FormProblem error={upload.error} />
    </div>
  )
}
