import { useTranslation } from 'react-i18next'
import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import { directionOf } from '../../../ui/question/direction.ts'
import { optionLetters } from '../../../ui/question/option-letters.ts'
import { PlainPicture } from '../../../ui/question/QuestionPicture.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import { paperQuestion } from '../preview/paper-question.ts'
import classes from './print.module.css'
import type { PaperHeading } from './print-options.ts'
import { SheetHead } from './SheetHead.tsx'
import type { PaperVersion } from './versions.ts'
import { WritingLines } from './WritingLines.tsx'

interface Props {
  version: PaperVersion
  heading: PaperHeading
  /** Answers go there, so there is no room for them here. */
  hasAnswerSheet: boolean
}

export function QuestionSheet({ version, heading, hasAnswerSheet }: Props) {
  return (
    <section className={classes.sheet} data-sheet="questions">
      <SheetHead heading={heading} version={version} />
      {heading.description && (
        <p dir="auto" className={classes.words}>
          {heading.description}
        </p>
      )}
      <ol className={classes.questions}>
        {version.questions.map((authored, index) => (
          <PrintedQuestion key={authored.id} authored={authored} number={index + 1} hasRoom={!hasAnswerSheet} />
        ))}
      </ol>
    </section>
  )
}

interface QuestionProps {
  authored: AuthoredQuestion
  /** Counted from 1. */
  number: number
  hasRoom: boolean
}

function PrintedQuestion({ authored, number, hasRoom }: QuestionProps) {
  const { t } = useTranslation('print')
  // What a learner may see and nothing else, so that no key can slip onto the paper.
  const question = paperQuestion(authored)
  return (
    <li className={classes.question} dir={directionOf(question.text)}>
      <span className={classes.number}>{number}</span>
      <div className={classes.asked}>
        <p className={classes.words}>
          <RichText text={question.text} /> <small>({t('points', { count: question.points })})</small>
        </p>
        <Pictures pictures={question.images} />
        <Room question={question} hasRoom={hasRoom} />
      </div>
    </li>
  )
}

type Printed = ReturnType<typeof paperQuestion>

function Pictures({ pictures = [] }: { pictures?: Printed['images'] }) {
  if (pictures.length === 0) return null
  return (
    <div className={classes.pictures}>
      {pictures.map((picture, index) => (
        <PlainPicture key={index} picture={picture} />
      ))}
    </div>
  )
}

function Room({ question, hasRoom }: { question: Printed; hasRoom: boolean }) {
  const { t, i18n } = useTranslation(['print', 'question'])
  const letters = optionLetters(i18n.language)
  switch (question.type) {
    case 'multiple_choice':
      return (
        <>
          {question.selection === 'many' && <p className={classes.hint}>{t('question:chooseAll')}</p>}
          <ul className={classes.options} data-many={question.selection === 'many' || undefined}>
            {question.options?.map(({ id, text, picture }, index) => (
              <li key={id}>
                <span className={classes.mark}>{letters[index]}</span>
                <div dir="auto" className={classes.words}>
                  <RichText text={text} />
                  {picture && <PlainPicture picture={picture} />}
                </div>
              </li>
            ))}
          </ul>
        </>
      )
    case 'true_false':
      return (
        <ul className={classes.options} data-pair>
          {(['true', 'false'] as const).map((value) => (
            <li key={value}>
              <span className={classes.mark} />
              {t(`question:${value}`)}
            </li>
          ))}
        </ul>
      )
    case 'short_answer':
      return hasRoom && <WritingLines count={1} />
    case 'essay':
      return hasRoom && <WritingLines count={linesFor(question.points)} />
  }
}

/** Room for an essay grows with what it is worth, up to most of a page. */
export function linesFor(points: number): number {
  return Math.min(22, 6 + 2 * points)
}
