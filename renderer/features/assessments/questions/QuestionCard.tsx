import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import { AnswerKey } from '../../../ui/question/AnswerKey.tsx'
import { QuestionTypeIcon } from '../../../ui/question/QuestionTypeIcon.tsx'
import classes from './QuestionCard.module.css'

export interface CardActions {
  onMove: (id: number, by: -1 | 1) => void
  onEdit: (id: number) => void
  onRemove: (id: number) => void
}

interface Props {
  authored: AuthoredQuestion
  index: number
  /** How many questions there are. */
  count: number
  /** Undefined: only to be read. */
  actions: CardActions | undefined
}

export const QuestionCard = memo(function QuestionCard({ authored: { id, question }, index, count, actions }: Props) {
  return (
    <article className={classes.card} data-question={id} aria-labelledby={`question-${id}`}>
      <QuestionSummary
        question={question}
        number={index + 1}
        headingId={`question-${id}`}
        side={actions && <CardButtons id={id} index={index} count={count} actions={actions} />}
      />
    </article>
  )
})

interface SummaryProps {
  question: Question
  /** Counted from 1. */
  number: number
  headingId: string
  side?: ReactNode
}

/** A question with its key, to be read. */
export function QuestionSummary({ question, number, headingId, side }: SummaryProps) {
  const { t } = useTranslation(['assessments', 'question'])
  return (
    <>
      <header className={classes.header}>
        <span className={classes.number}>{number}</span>
        <div className={classes.facts}>
          <QuestionTypeIcon question={question} size={16} />
          <Text span size="xs" c="var(--bdc-ink-soft)">
            {[
              t(`question:type.${question.type}`),
              t('question.points', { count: question.points }),
              question.required ? null : t('question.optional'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        {side}
      </header>
      <div className={classes.body}>
        {question.name && (
          <Text size="xs" c="var(--bdc-ink-soft)" dir="auto">
            {question.name}
          </Text>
        )}
        <Text id={headingId} dir="auto" fw={600} className={classes.text}>
          {question.text}
        </Text>
        <AnswerKey question={question} />
        {question.feedback && (
          <Text size="sm" c="var(--bdc-ink-soft)" dir="auto" className={classes.text}>
            {t('question.feedback', { text: question.feedback })}
          </Text>
        )}
      </div>
    </>
  )
}

function CardButtons({
  id,
  index,
  count,
  actions,
}: Required<Pick<Props, 'index' | 'count'>> & { id: number; actions: CardActions }) {
  const { t } = useTranslation(['assessments', 'question'])
  const number = index + 1
  const moveWithKeys = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (!event.altKey || by === null) return
    event.preventDefault()
    actions.onMove(id, by)
  }
  const buttons = [
    { name: 'moveUp', Icon: IconArrowUp, isOff: index === 0, run: () => actions.onMove(id, -1) },
    { name: 'moveDown', Icon: IconArrowDown, isOff: index === count - 1, run: () => actions.onMove(id, 1) },
    { name: 'edit', Icon: IconPencil, isOff: false, run: () => actions.onEdit(id) },
    { name: 'remove', Icon: IconTrash, isOff: false, run: () => actions.onRemove(id) },
  ] as const
  return (
    <Group gap={2} wrap="nowrap" ms="auto">
      {buttons.map(({ name, Icon, isOff, run }) => (
        <Tooltip key={name} label={t(`question.${name}Tip`)} openDelay={400}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            className={classes.button}
            data-button={name}
            aria-label={t(`question.${name}`, { number })}
            aria-disabled={isOff || undefined}
            data-disabled={isOff || undefined}
            onClick={() => isOff || run()}
            onKeyDown={moveWithKeys}
          >
            <Icon size={17} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  )
}
