import type { Id } from '../../../../shared/contract/base.ts'
import type { Writer } from '../../../database/database.ts'
import { insertGroup, insertMembers } from '../../groups/queries.ts'

interface PracticeGroup {
  name: string
  description: string
  /** The places of the learners among those of the practice centre. */
  learners: readonly number[]
}

const practiceGroups: readonly PracticeGroup[] = [
  { name: 'Morning group', description: 'Monday to Thursday, nine to twelve', learners: [0, 1, 2, 3, 8, 9, 12, 13] },
  { name: 'Cuisine et service', description: 'Les stages commencent en mai', learners: [4, 5, 6, 7, 10, 11, 16, 20] },
  { name: 'مجموعة المساء', description: 'الثلاثاء والخميس، من السادسة', learners: [1, 8, 15, 17, 18, 19, 21, 23] },
]

interface Centre {
  organizationId: Id
  learnerIds: readonly Id[]
}

/** Who learns together; somebody may be in two of them. */
export async function putPracticeGroups(db: Writer, { organizationId, learnerIds }: Centre, at: string) {
  for (const { learners, ...fields } of practiceGroups) {
    const id = await insertGroup(db, organizationId, fields, at)
    const members = learners.flatMap((place) => learnerIds[place] ?? [])
    await insertMembers(db, organizationId, id, members, at)
  }
}
