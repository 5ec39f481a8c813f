import { BeneficiaryStatus, type StatusChange } from '../../../shared/contract/beneficiaries.ts'
import type { Reader } from '../../database/database.ts'
import { differencesIn } from './field-history.ts'
import { changeLines } from './history-queries.ts'
import type { PersonFile } from './person-file.ts'

const linesAtOnce = 200
const mostLines = 2000

/** Which status a person has had and since when, newest first; what began with the file is not among the changes. */
export async function statusChanges(db: Reader, person: PersonFile): Promise<StatusChange[]> {
  const changes: StatusChange[] = []
  let before: number | undefined
  for (let read = 0; read < mostLines; read += linesAtOnce) {
    const lines = await changeLines(db, person, before, linesAtOnce)
    changes.push(...lines.flatMap(statusIn))
    before = lines.at(-1)?.activityId
    if (lines.length < linesAtOnce) break
  }
  return changes
}

type Line = Awaited<ReturnType<typeof changeLines>>[number]

function statusIn({ activityId, at, byName, changes }: Line): StatusChange[] {
  return changes
    .flatMap(({ table, fields }) => differencesIn(table, fields))
    .filter(({ field }) => field === 'status')
    .flatMap(({ before, after }) => {
      const [from, to] = [BeneficiaryStatus.safeParse(before).data, BeneficiaryStatus.safeParse(after).data]
      return from && to ? [{ activityId, at, byName, before: from, after: to }] : []
    })
}
