import { IconCircleCheck, IconCircleDashed, IconCircleHalf2, IconCircleX, IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Outcome } from '../../../../shared/contract/delivery.ts'
import { chosenOptions } from '../../../../shared/scoring.ts'
import { formatNumber } from '../../../lib/format.ts'
import { isAnswered, optionsOf } from '../../../ui/question/answer.ts'
import { PlainPicture } from '../../../ui/question/QuestionPicture.tsx'
import { QuestionPictures } from '../../../ui/question/QuestionPictures.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import classes from './Outcome.module.css'

type Told = Outcome['questions'][number]

const marks = {
  right: IconCircleCheck,
  partly: IconCircleHalf2,
  wrong: IconCircleX,
  empty: IconCircleDashed,
  reading: IconHourglass,
}

export function AnsweredQuestion({ told, number }: { told: Told; number: number }) {
  const { t } = useTranslation('kiosk')
  const { question, answer, points, rightAnswer, feedback } = told
  const mark = markOf(told)
  const Mark = marks[mark]
  const isManyRight =
    rightAnswer !== null && question.type === 'multiple_choice' && chosenOptions(rightAnswer).length > 1
  return (
    <article className={classes.question} data-mark={mark}>
      <h3 className={classes.asked}>
        <span className={classes.number}>{t('outcome.question', { number })}</span>
        <span dir="auto">
          <RichText text={question.text} />
        </span>
      </h3>
      <QuestionPictures pictures={question.images} />
      <p className={classes.mark}>
        <Mark size={26} aria-hidden /> {t(`outcome.${mark}`)}
        {points !== null && (
          <span className={classes.points}>
            {t('outcome.points', { points: formatNumber(points), count: question.points })}
          </span>
        )}
      </p>
      <dl className={classes.answers}>
        {isAnswered(answer) && <InWords label={t('outcome.yours')} told={told} answer={answer} />}
        {rightAnswer !== null && mark !== 'right' && (
          <InWords
            label={t(isManyRight ? 'outcome.rightAnswers' : 'outcome.rightAnswer')}
            told={told}
            answer={rightAnswer}
          />
        )}
        {feedback && (
          <div>
            <dt>{t('outcome.feedback')}</dt>
            <dd dir="auto">
              <RichText text={feedback} />
            </dd>
          </div>
        )}
      </dl>
    </article>
  )
}

function InWords({ label, told, answer }: { label: string; told: Told; answer: string }) {
  const { t } = useTranslation('question')
  const { question } = told
  const isTrueFalse = question.type === 'true_false'
  const chosen = optionsOf(question).filter(({ value }) => chosenOptions(answer).includes(value))
  const isChoice = question.type === 'multiple_choice' || isTrueFalse
  const words = isChoice
    ? chosen.map(({ value, text, picture }) => ({ text: text ?? t(value === 'true' ? 'true' : 'false'), picture }))
    : [{ text: answer, picture: undefined }]
  return (
    <div>
      <dt>{label}</dt>
      {words.map(({ text, picture }, index) => (
        <dd key={index} dir="auto">
          {isChoice ? <RichText text={text} /> : text}
          {picture && <PlainPicture picture={picture} />}
        </dd>
      ))}
    </div>
  )
}

function markOf({ answer, points, isCorrect }: Told): keyof typeof marks {
  if (!isAnswered(answer)) return 'empty'
  if (points === null) return 'reading'
  if (isCorrect) return 'right'
  return points > 0 ? 'partly' : 'wrong'
}
