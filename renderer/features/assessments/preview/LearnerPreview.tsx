import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Assessment, AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import { LongList } from '../../../ui/LongList.tsx'
import { QuestionField } from '../../../ui/question/QuestionField.tsx'
import { QuestionPictures } from '../../../ui/question/QuestionPictures.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import classes from './LearnerPreview.module.css'
import { paperQuestion } from './paper-question.ts'

/** The questions as they will be on the learner's screen; the answers stay here. */
export function LearnerPreview({ assessment: { questions, description } }: { assessment: Assessment }) {
  const { t } = useTranslation('assessments')
  const [answers, setAnswers] = useState<ReadonlyMap<Id, string>>(new Map())
  if (questions.length === 0) return <Text c="var(--bdc-ink-soft)">{t('preview.empty')}</Text>
  return (
    <Stack gap="md" maw={720}>
      <Text size="sm" c="var(--bdc-ink-soft)">
        {t('preview.intro')}
      </Text>
      {description && (
        <Text dir="auto" className={classes.words}>
          {description}
        </Text>
      )}
      <LongList count={questions.length} keyOf={(index) => questions[index]?.id ?? index} estimate={320}>
        {(index) => {
          const authored = questions[index]
          if (!authored) return null
          return (
            <PreviewedQuestion
              authored={authored}
              number={index + 1}
              of={questions.length}
              answer={answers.get(authored.id) ?? ''}
              onAnswer={(answer) => setAnswers((before) => new Map(before).set(authored.id, answer))}
            />
          )
        }}
      </LongList>
    </Stack>
  )
}

interface PreviewedProps {
  authored: AuthoredQuestion
  /** Counted from 1. */
  number: number
  of: number
  answer: string
  onAnswer: (answer: string) => void
}

function PreviewedQuestion({ authored, number, of, answer, onAnswer }: PreviewedProps) {
  const { t } = useTranslation('assessments')
  const question = paperQuestion(authored)
  const textId = `preview-${authored.id}`
  return (
    <section className={classes.question} aria-labelledby={textId}>
      <Text size="xs" c="var(--bdc-ink-soft)">
        {[
          t('preview.question', { number, of }),
          t('question.points', { count: question.points }),
          question.required ? null : t('question.optional'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Text id={textId} dir="auto" fw={550} size="lg" className={classes.words}>
        <RichText text={question.text} />
      </Text>
      <QuestionPictures pictures={question.images} />
      <QuestionField question={question} answer={answer} onAnswer={onAnswer} labelledBy={textId} />
    </section>
  )
}
