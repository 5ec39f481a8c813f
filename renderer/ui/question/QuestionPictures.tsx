import type { Picture } from '../../../shared/contract/questions.ts'
import { QuestionPicture } from './QuestionPicture.tsx'
import classes from './QuestionPictures.module.css'

/** The pictures below the text of a question. */
export function QuestionPictures({ pictures = [] }: { pictures?: readonly Picture[] | undefined }) {
  if (pictures.length === 0) return null
  return (
    <div className={classes.pictures}>
      {pictures.map((picture, index) => (
        <QuestionPicture key={`${picture.image} ${index}`} picture={picture} />
      ))}
    </div>
  )
}
