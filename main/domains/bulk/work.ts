import type { BeginBulk, BulkJob } from '../../../shared/contract/bulk.ts'
import type { WriteContext } from '../../context.ts'
import { documentChange, takeBackDocument } from './document-changes.ts'
import { rowsMeant } from './gather.ts'
import type { JobOptions, Work } from './job.ts'
import { peopleChange, takeBackPerson } from './people-changes.ts'
import { deleteRows, documentLeft, insertRows, personLeft, rowsLeft } from './queries.ts'
import type { RowContext } from './row-change.ts'

/** Changes each row that is meant, and keeps what takes it back in the same transaction. */
export async function changing(
  { database, clock }: JobOptions,
  context: WriteContext,
  input: BeginBulk,
): Promise<Work> {
  const { list } = input
  const change = list === 'people' ? peopleChange(input.change) : documentChange(input.change)
  await change.check?.(context)
  return {
    list,
    kind: input.change.kind,
    isUndo: false,
    rows: () => rowsMeant(database.reader, context.actor, input, clock.now().toISOString()),
    async apply(row, id, { job, position }) {
      const before = await change.apply(row, id)
      if (before) await insertRows(row.db, { id: job, list }, [{ position, id, before, writtenAt: row.now }])
      return before !== undefined
    },
  }
}

/** Writes back what there was; what is stopped on the way can be gone on with, also after the program was closed. */
export function takingBack(
  { database }: JobOptions,
  { id: jobId, list, kind }: Pick<BulkJob, 'id' | 'list' | 'kind'>,
): Work {
  return {
    list,
    kind,
    isUndo: true,
    async *rows() {
      yield await rowsLeft(database.reader, jobId)
    },
    apply: list === 'people' ? person : document,
    reached: (db, ids) => deleteRows(db, { id: jobId, list }, ids),
  }

  async function person(context: RowContext, id: number) {
    const left = await personLeft(context.db, jobId, id)
    if (left) await takeBackPerson(context, left)
    return left !== undefined
  }
  async function document(context: RowContext, id: number) {
    const left = await documentLeft(context.db, jobId, id)
    if (left) await takeBackDocument(context, left)
    return left !== undefined
  }
}
