import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import { AnswerKey } from '../../../ui/question/AnswerKey.tsx'
import { QuestionPictures } from '../../../ui/question/QuestionPictures.tsx'
import { QuestionTypeIcon } from '../../../ui/question/QuestionTypeIcon.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import classes from './QuestionCard.module.css'

export interface CardActions {
  onMove: (id: Id, by: -1 | 1) => void
  onEdit: (id: Id) => void
  onRemove: (id: Id) => void
}

interface Props {
  authored: AuthoredQuestion
  index: number
  /** How many questions there are. */
  count: number
  /** Undefined: only to be read. */
  actions: CardActions | undefined
}

/** A stored question with its key. Made of plain elements, since an assessment may have hundreds. */
export const QuestionCard = memo(function QuestionCard({ authored: { id, question }, index, count, actions }: Props) {
  const { t } = useTranslation(['assessments', 'question'])
  const { type, text, name, points, required, feedback } = question
  const facts = [
    t(`question:type.${type}`),
    t('question.points', { count: points }),
    !required && t('question.optional'),
  ]
  return (
    <article
      className={classes.card}
      data-question={id}
      aria-labelledby={`question-${id}`}
      aria-posinset={index + 1}
      aria-setsize={count}
    >
      <header className={classes.header}>
        <span className={classes.number}>{index + 1}</span>
        <div className={classes.facts}>
          <QuestionTypeIcon question={question} size={16} />
          {facts.filter(Boolean).join(' · ')}
        </div>
        {actions && <CardButtons id={id} index={index} count={count} actions={actions} />}
      </header>
      <div className={classes.body}>
        {name && (
          <div dir="auto" className={classes.name}>
            {name}
          </div>
        )}
        <div id={`question-${id}`} dir="auto" className={classes.text}>
          <RichText text={text} />
        </div>
        <QuestionPictures pictures={question.images} />
        <AnswerKey question={question} />
        {feedback && (
          <div dir="auto" className={classes.feedback}>
            <RichText text={t('question.feedback', { text: feedback })} />
          </div>
        )}
      </div>
    </article>
  )
})

type ButtonProps = Pick<Props, 'index' | 'count'> & { id: Id; actions: CardActions }

function CardButtons({ id, index, count, actions }: ButtonProps) {
  const { t } = useTranslation('assessments')
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
    <div className={classes.buttons}>
      {buttons.map(({ name, Icon, isOff, run }) => (
        <button
          key={name}
          type="button"
          className={classes.button}
          data-button={name}
          title={t(`question.${name}Tip`)}
          aria-label={t(`question.${name}`, { number })}
          aria-disabled={isOff || undefined}
          onClick={() => isOff || run()}
          onKeyDown={moveWithKeys}
        >
          <Icon size={17} stroke={1.6} aria-hidden />
        </button>
      ))}
    </div>
  )
}
