import { expect, it } from 'vitest'
import { registry } from '../../../main/database/registry.ts'
import type { TestDevice } from './centre.ts'
import { deleted, edited, type PulledRow } from './edits.ts'
import { useCentre } from './use-centre.ts'

const centre = useCentre()
const people = 60
const rounds = 8

/** The n-th class of a device: learners who each have answered one question, perhaps with the trainer who keeps their files. */
function classOf(device: TestDevice, number: number, trainer: number | null) {
  const at = (index: number) => number * 1000 + index
  const first = device.id(at(0))
  return [
    device.row('assessments', at(0)),
    device.row('papers', at(0), { assessment_id: first }),
    device.row('questions', at(0)),
    ...Array.from({ length: people }, (_, index) => at(index + 1)).flatMap((counter) => {
      const its = device.id(counter)
      const of = { assessment_id: first, beneficiary_id: its, attempt_id: its }
      return [
        device.row('users', counter, { role: 'student', email: `${counter}@example.org` }),
        device.row('profiles', counter, { user_id: its }),
        device.row('beneficiaries', counter, { user_id: its, trainer_id: trainer }),
        device.row('attempts', counter, { assessment_id: first, beneficiary_id: its, paper_id: first }),
        device.row('responses', counter, { ...of, question_id: first }),
        device.row('assessment_results', counter, of),
        device.row('activity_logs', counter, { user_id: its, resource_type: 'profiles', resource_id: its }),
      ]
    }),
  ]
}

/** How many entries of indexes and rows of tables were looked at, all tests and connections together. */
async function readSoFar(connection: TestDevice['connection']): Promise<number> {
  await connection.query('SELECT pg_stat_force_next_flush()')
  const { rows } = await centre.operator.query<{ total: string }>(
    `SELECT (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes) + (SELECT sum(seq_tup_read) FROM pg_stat_user_tables) AS total`,
  )
  return Number(rows[0]?.total)
}

it('reads no more for what comes, however much more is there than the planner knows of', async () => {
  // It makes its plans for tables that are empty, as it does at a new centre until they are analyzed again.
  await centre.operator.query('ANALYZE')
  const organization = await centre.organization()
  const [one, other] = [await centre.device(organization), await centre.device(organization)]
  const trainer = await centre.device(organization, { scope: 'trainer', trainerId: one.id(1) })
  const read: Record<string, number[]> = {}
  async function counted<Result>(what: string, { connection }: TestDevice, work: () => Promise<Result>) {
    const before = await readSoFar(connection)
    const result = await work()
    read[what] = [...(read[what] ?? []), (await readSoFar(connection)) - before]
    return result
  }
  const taken = { status: 'ok', refused: [] }
  const ofTable = <Row extends { table: number; id: number }>(rows: readonly Row[], table: keyof typeof registry) =>
    rows.filter((row) => row.table === registry[table].number)

  expect(await one.push([one.row('users', 1, { role: 'trainer', email: 'trainer@example.org' })])).toMatchObject(taken)
  let theirs: PulledRow[] | undefined
  for (let number = 1; number <= rounds; number += 1) {
    // Only the people of the first class are the trainer's.
    const rows = classOf(one, number, number === 1 ? one.id(1) : null)
    expect(await counted('new rows', one, () => one.push(rows))).toMatchObject(taken)
    const come = (await counted('a page', other, () => other.pull())).rows.filter(
      ({ id }) => id > one.id(number * 1000),
    )
    expect(ofTable(come, 'responses')).toHaveLength(people)
    const edits = ofTable(come, 'profiles').map((row) => edited(other, row, { phone: `+1 ${number}` }))
    expect(await counted('edits', other, () => other.push(edits))).toMatchObject(taken)
    const concurrent = ofTable(rows, 'profiles').map((row) => edited(one, row, { phone: `+2 ${number}` }))
    expect(await counted('edits that meet others', one, () => one.push(concurrent))).toMatchObject(taken)
    const deletions = ofTable(come, 'assessment_results').map((row) => deleted(other, row))
    expect(await counted('deletions', other, () => other.push(deletions))).toMatchObject(taken)

    theirs ??= ofTable((await trainer.pull()).rows, 'profiles')
    expect(theirs).toHaveLength(people)
    const ofTrainer = theirs.map((row) => edited(trainer, row, { phone: `+3 ${number}` }))
    theirs = ofTrainer
    expect(await counted('edits of a trainer', trainer, () => trainer.push(ofTrainer))).toMatchObject(taken)
  }
  const { rows } = await centre.operator.query('SELECT count(kept_by)::integer AS told FROM sync_conflicts')
  expect(rows[0]?.told).toBeGreaterThanOrEqual(rounds * people)
  for (const [what, counts] of Object.entries(read)) {
    // In the first rounds a table may be read that is as small as what came.
    expect.soft(counts.at(-1), `${what}: ${counts.join(', ')}`).toBeLessThan(1.1 * (counts[2] ?? 0))
  }
})
