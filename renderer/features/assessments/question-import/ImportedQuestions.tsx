import { Button, Checkbox, Group, Text, Title } from '@mantine/core'
import { memo, useCallback, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedQuestion } from '../../../../shared/contract/imports.ts'
import { AnswerKey } from '../../../ui/question/AnswerKey.tsx'
import { QuestionTypeIcon } from '../../../ui/question/QuestionTypeIcon.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import classes from './ImportPreview.module.css'

interface Props {
  questions: readonly ImportedQuestion[]
  /** Lines are rows. */
  isSheet: boolean
  /** Positions in `questions`. */
  leftOut: ReadonlySet<number>
  onLeftOut: (change: (before: ReadonlySet<number>) => ReadonlySet<number>) => void
}

const pageSize = 50

/** The questions as they will be, each of which can be left out. */
export function ImportedQuestions({ questions, isSheet, leftOut, onLeftOut }: Props) {
  const { t } = useTranslation(['assessments', 'question'])
  const [shown, setShown] = useState(pageSize)
  const toggle = useCallback((index: number) => onLeftOut((before) => withChange(before, index)), [onLeftOut])
  const all = () => new Set(questions.keys())
  // The list never changes, and questions of a package share a line.
  const placed = questions.slice(0, shown).map((imported, place) => ({ imported, place }))
  return (
    <section aria-label={t('import.questions')}>
      <Group justify="space-between">
        <Title order={3}>{t('import.questions')}</Title>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onLeftOut((before) => (before.size === 0 ? all() : new Set()))}
        >
          {t(leftOut.size === 0 ? 'import.untickAll' : 'import.tickAll')}
        </Button>
      </Group>
      <ul className={classes.questions}>
        {placed.map(({ imported, place }) => (
          <Imported
            key={place}
            imported={imported}
            isSheet={isSheet}
            index={place}
            isLeftOut={leftOut.has(place)}
            onToggle={toggle}
          />
        ))}
      </ul>
      {questions.length > shown && (
        <Button variant="default" size="sm" onClick={() => setShown(shown + pageSize)}>
          {t('import.showMore', { count: questions.length - shown })}
        </Button>
      )}
    </section>
  )
}

interface ImportedProps {
  imported: ImportedQuestion
  isSheet: boolean
  index: number
  isLeftOut: boolean
  onToggle: (index: number) => void
}

const Imported = memo(function Imported({ imported, isSheet, index, isLeftOut, onToggle }: ImportedProps) {
  const { line, question } = imported
  const { t } = useTranslation(['assessments', 'question'])
  const textId = useId()
  return (
    <li className={classes.question} data-left-out={isLeftOut || undefined}>
      <Checkbox mt={3} checked={!isLeftOut} onChange={() => onToggle(index)} aria-labelledby={textId} />
      <div className={classes.content}>
        <div className={classes.facts}>
          <QuestionTypeIcon question={question} size={16} />
          <Text span size="xs">
            {[t(`question:type.${question.type}`), t(isSheet ? 'import.row' : 'import.line', { line }), question.name]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <Text id={textId} dir="auto" className={classes.text}>
          <RichText text={question.text} />
        </Text>
        <AnswerKey question={question} />
      </div>
    </li>
  )
})

function withChange(before: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const after = new Set(before)
  if (!after.delete(index)) after.add(index)
  return after
}
