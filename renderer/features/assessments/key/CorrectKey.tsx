import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import { api } from '../../../lib/client.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { QuestionPictures } from '../../../ui/question/QuestionPictures.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import { ProblemsContext } from '../questions/problem-context.ts'
import { problemsIn } from '../questions/question-problems.ts'
import { ConfirmCorrection } from './ConfirmCorrection.tsx'
import { KeyFields } from './KeyFields.tsx'
import classes from './key.module.css'
import { withTidyKey } from './tidy-key.ts'

interface Props {
  assessmentId: Id
  asked: AuthoredQuestion
  number: number
  onClose: () => void
}

/** First what is right, then what that changes, then why. */
export function CorrectKey({ assessmentId, asked, number, onClose }: Props) {
  const { t } = useTranslation('key')
  const [draft, setDraft] = useState(asked.question)
  const [isChecked, setChecked] = useState(false)
  const [previewed, setPreviewed] = useState<Question | null>(null)
  const problems = isChecked ? problemsIn(draft) : []
  const correction = { assessmentId, questionId: asked.id, question: previewed ?? asked.question }
  const preview = useQuery(
    api.results.previewKey.queryOptions({ input: correction, enabled: previewed !== null, gcTime: 0, retry: false }),
  )
  const change = (next: Question) => {
    setDraft(next)
    setPreviewed(null)
  }
  const show = () => {
    setChecked(true)
    const tidy = withTidyKey(asked.question, draft)
    if (problemsIn(tidy).length === 0) setPreviewed(tidy)
  }
  return (
    <section className={classes.card} aria-label={t('correctOf', { number })}>
      <Text dir="auto" fw={600} className={classes.words}>
        {number}. <RichText text={asked.question.text} />
      </Text>
      <QuestionPictures pictures={asked.question.images} />
      <ProblemsContext value={problems}>
        <Stack gap="md" maw="40rem">
          <KeyFields draft={draft} onChange={change} />
        </Stack>
      </ProblemsContext>
      <FormProblem error={preview.error} />
      <Group gap="sm">
        <Button loading={preview.isFetching} variant={preview.data ? 'default' : 'filled'} onClick={show}>
          {t('show')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
      {previewed && preview.data && (
        <ConfirmCorrection correction={correction} changes={preview.data} onDone={onClose} />
      )}
    </section>
  )
}
