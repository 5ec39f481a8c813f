import { ActionIcon, Group, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Picture } from '../../../../../shared/contract/questions.ts'
import { PlainPicture } from '../../../../ui/question/QuestionPicture.tsx'
import classes from './PictureField.module.css'

interface Props {
  picture: Picture
  onChange: (picture: Picture) => void
  onRemove: () => void
}

/** A picture with the words that stand for it where it cannot be seen. */
export function PictureField({ picture, onChange, onRemove }: Props) {
  const { t } = useTranslation('editor')
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <span className={classes.thumbnail}>
        <PlainPicture picture={{ ...picture, alt: '' }} />
      </span>
      <TextInput
        flex={1}
        miw={0}
        size="xs"
        dir="auto"
        label={t('picture.alt')}
        description={t('picture.altHint')}
        maxLength={500}
        value={picture.alt}
        onChange={(event) => onChange({ ...picture, alt: event.currentTarget.value })}
      />
      <ActionIcon mt={4} variant="subtle" color="gray" aria-label={t('picture.remove')} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
