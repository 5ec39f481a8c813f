import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { AnswerKey } from '../../../ui/question/AnswerKey.tsx'
import { keyOf } from '../../../ui/question/choice-key.ts'
import { optionLetters } from '../../../ui/question/option-letters.ts'
import { RichText } from '../../../ui/question/RichText.tsx'
import classes from './print.module.css'
import type { PaperVersion } from './versions.ts'

/** What is right, for whoever marks the papers of this version. */
export function KeySheet({ version, title }: { version: PaperVersion; title: string }) {
  const { t } = useTranslation('print')
  return (
    <section className={classes.sheet} data-sheet="key">
      <header className={classes.head}>
        <div className={classes.headline}>
          <h2 dir="auto">{`${t('part.key')}: ${title}`}</h2>
          {version.letter && <span className={classes.version}>{t('version', { letter: version.letter })}</span>}
        </div>
        <p className={classes.facts}>{t('keyNote')}</p>
      </header>
      <ol className={classes.keys}>
        {version.questions.map(({ id, question }, index) => (
          <li key={id} className={classes.question}>
            <span className={classes.number}>{index + 1}</span>
            <div className={classes.asked}>
              <RightAnswer question={question} />
            </div>
            <small>{t('points', { count: question.points })}</small>
          </li>
        ))}
      </ol>
    </section>
  )
}

function RightAnswer({ question }: { question: Question }) {
  const { t, i18n } = useTranslation(['print', 'question'])
  const letters = optionLetters(i18n.language)
  switch (question.type) {
    case 'multiple_choice': {
      const isPlain = keyOf(question) !== null
      return question.options.flatMap(({ id, text, credit }, index) =>
        credit === 0 || (isPlain && credit < 0)
          ? []
          : [
              <div key={id} className={classes.words}>
                <strong>{letters[index]}</strong> <RichText text={text} />
                {!isPlain && ` · ${t('question:key.percent', { percent: credit })}`}
              </div>,
            ],
      )
    }
    case 'true_false':
      return <strong>{t(question.correct ? 'question:true' : 'question:false')}</strong>
    case 'short_answer':
      return <AnswerKey question={question} />
    case 'essay':
      return <EssayKey question={question} />
  }
}

function EssayKey({ question }: { question: Extract<Question, { type: 'essay' }> }) {
  const { t } = useTranslation('print')
  return (
    <>
      {question.sampleAnswer && (
        <p dir="auto" className={classes.words}>
          {t('sample')}: <RichText text={question.sampleAnswer} />
        </p>
      )}
      {question.rubric?.map(({ id, title, weight, levels }) => (
        <p key={id} dir="auto">
          <strong>
            {title} ({weight} %)
          </strong>{' '}
          {levels.map((level) => `${level.title}: ${level.share} %`).join(' · ')}
        </p>
      ))}
      {!question.rubric && !question.sampleAnswer && t('essay')}
    </>
  )
}
