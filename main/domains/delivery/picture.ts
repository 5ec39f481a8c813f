import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { learnerOf, organizationOf } from '../../actor.ts'
import type { ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { isOfRoom, roomOfActor } from '../classroom/admission.ts'
import { pictureBytes, pictureContent } from '../documents/picture-bytes.ts'

/** A picture that stands in the paper of the learner's own attempt. */
export async function picture({ db, actor }: ReadContext, input: { attemptId: Id; image: string }) {
  const organizationId = organizationOf(actor)
  const own = { ...input, organizationId, beneficiaryId: learnerOf(actor) }
  const room = await roomOfActor(db, actor)
  const attempt = await attemptWith(db, own)
  const isShown = attempt !== undefined && (!room || isOfRoom(room, attempt))
  const found = isShown && (await pictureBytes(db, organizationId, input.image))
  if (!found) throw new Refusal('notFound', 'picture.notFound')
  return pictureContent(found)
}

interface AskedPicture {
  organizationId: Id
  beneficiaryId: Id
  attemptId: Id
  image: string
}

/** Looks for the digest in the stored text, since reading a paper of hundreds of questions for each picture takes long. */
function attemptWith(db: Reader, { organizationId, beneficiaryId, attemptId, image }: AskedPicture) {
  return db
    .selectFrom('attempts')
    .innerJoin('papers', 'papers.id', 'attempts.paper_id')
    .select(['attempts.assessment_id as assessmentId', 'attempts.state', 'attempts.submitted_at as submittedAt'])
    .where('attempts.organization_id', '=', organizationId)
    .where('attempts.beneficiary_id', '=', beneficiaryId)
    .where('attempts.id', '=', attemptId)
    .where(sql<boolean>`instr(papers.questions, ${`"image":"${image}"`}) > 0`)
    .executeTakeFirst()
}
