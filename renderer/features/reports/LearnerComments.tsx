import { useTranslation } from 'react-i18next'
import type { LearnerReport } from '../../../shared/contract/reports.ts'
import { RichText } from '../../ui/question/RichText.tsx'
import classes from '../../ui/report/report.module.css'

/** What graders wrote, with the question it is about. */
export function LearnerComments({ comments }: Pick<LearnerReport, 'comments'>) {
  const { t } = useTranslation('reports')
  if (comments.length === 0) return null
  return (
    <section className={classes.part} aria-labelledby="comments-heading">
      <h2 id="comments-heading">{t('file.sheet.comments')}</h2>
      <div>
        {comments.map(({ attemptId, title, question, comment }) => (
          <blockquote key={`${attemptId} ${question} ${comment}`} className={classes.comment}>
            <p className={classes.note} dir="auto">
              <bdi>{title}</bdi> · <RichText text={question} />
            </p>
            <p dir="auto">{comment}</p>
          </blockquote>
        ))}
      </div>
    </section>
  )
}
