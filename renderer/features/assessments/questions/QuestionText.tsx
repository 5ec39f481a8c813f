import { Button, Group, Stack, Text } from '@mantine/core'
import { IconMathFunction } from '@tabler/icons-react'
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picture, Question } from '../../../../shared/contract/questions.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { GrowingText } from '../../../ui/GrowingText.tsx'
import { hasFormula } from '../../../ui/question/formulas.ts'
import { RichText } from '../../../ui/question/RichText.tsx'
import { FormulaPanel } from './formula/FormulaPanel.tsx'
import { withInsertion } from './formula/palette.ts'
import { PictureButton } from './pictures/PictureButton.tsx'
import { PictureField } from './pictures/PictureField.tsx'
import { picturesIn } from './pictures/picture-file.ts'
import { usePictureUpload } from './pictures/use-picture-upload.ts'
import { useProblem } from './problem-context.ts'
import classes from './QuestionText.module.css'

interface Props {
  draft: Question
  onChange: (draft: Question) => void
}

const mostPictures = 6

/** What is asked: words, formulas and pictures, which can be chosen, pasted or dropped. */
export function QuestionText({ draft, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'editor'])
  const problem = useProblem('text')
  const field = useRef<HTMLTextAreaElement>(null)
  const [isWritingFormula, setWritingFormula] = useState(false)
  const images = draft.images ?? []
  const setImages = (next: Picture[]) => onChange({ ...draft, images: next.length > 0 ? next : undefined })
  const upload = usePictureUpload((added) => setImages([...images, ...added].slice(0, mostPictures)))

  const take = (event: ClipboardEvent | DragEvent, data: DataTransfer) => {
    const files = picturesIn(data)
    if (files.length === 0) return
    event.preventDefault()
    upload.mutate(files)
  }
  const insert = (formula: string) => {
    const { selectionStart = draft.text.length, selectionEnd = draft.text.length } = field.current ?? {}
    setWritingFormula(false)
    onChange({ ...draft, text: withInsertion(draft.text, { from: selectionStart, to: selectionEnd }, formula) })
    field.current?.focus()
  }

  return (
    <Stack gap="xs" onDrop={(event) => take(event, event.dataTransfer)} onDragOver={(event) => event.preventDefault()}>
      <GrowingText
        ref={field}
        data-autofocus
        data-field="text"
        label={t('editor.text')}
        dir="auto"
        value={draft.text}
        error={problem && t(`problem.${problem}`)}
        onPaste={(event) => take(event, event.clipboardData)}
        onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
      />
      <FormulasShown text={draft.text} />
      {images.map((picture, index) => (
        <PictureField
          key={index}
          picture={picture}
          onChange={(next) => setImages(images.with(index, next))}
          onRemove={() => setImages(images.toSpliced(index, 1))}
        />
      ))}
      <FormProblem error={upload.error} />
      {isWritingFormula ? (
        <FormulaPanel onInsert={insert} onClose={() => setWritingFormula(false)} />
      ) : (
        <Group gap="xs">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconMathFunction size={16} aria-hidden />}
            onClick={() => setWritingFormula(true)}
          >
            {t('editor:formula.add')}
          </Button>
          <PictureButton
            label={t('editor:picture.add')}
            isLoading={upload.isPending}
            isFull={images.length >= mostPictures}
            onFiles={upload.mutate}
          />
        </Group>
      )}
    </Stack>
  )
}

/** How the text will be read, as soon as it holds a formula. */
function FormulasShown({ text }: { text: string }) {
  const { t } = useTranslation('editor')
  if (!hasFormula(text)) return null
  return (
    <div>
      <Text size="xs" c="var(--bdc-ink-soft)">
        {t('formula.shown')}
      </Text>
      <div className={classes.shown} dir="auto">
        <RichText text={text} />
      </div>
    </div>
  )
}
