import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { BulkJob } from '../../shared/contract/bulk.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { password, publishedAssessment, seatedKiosk, testCentre, testTrainer } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

type Client = Awaited<ReturnType<typeof testTrainer>>

/** What became of a job, once it is over. */
async function ended(client: Client, id: string): Promise<BulkJob> {
  for (;;) {
    const job = (await client.bulk.jobs()).find((one) => one.id === id)
    if (job && job.state !== 'running') return job
    await pause(5)
  }
}

async function centre(app: TestApp, people = 30) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const names = Array.from({ length: people }, (_, place) => `Person ${String(place).padStart(4, '0')}`)
  const ids: number[] = []
  for (let from = 0; from < people; from += 200) {
    ids.push(...(await tom.beneficiaries.registerMany({ names: names.slice(from, from + 200) })).ids)
  }
  return { admin, tom, tina, ids }
}

const inactive = { kind: 'status', status: 'inactive' } as const
const all = { filter: { search: '' }, except: [] as number[] }

describe('a change to many people', () => {
  it('is refused for a group or a trainer that is not there, and while another one runs', async () => {
    await using app = await testApp()
    const { tom } = await centre(app, 400)
    const begin = (change: Parameters<typeof tom.bulk.begin>[0] & { list: 'people' }) => tom.bulk.begin(change)
    const toGroup = { kind: 'addToGroup', groupId: 4_000_000_000 } as const
    expect(await refusalKey(begin({ list: 'people', rows: all, change: toGroup }))).toBe('group.notFound')
    const toTrainer = { kind: 'handOver', trainerId: 4_000_000_000 } as const
    expect(await refusalKey(begin({ list: 'people', rows: all, change: toTrainer }))).toBe('user.notFound')
    const { id } = await begin({ list: 'people', rows: all, change: inactive })
    expect(await refusalKey(begin({ list: 'people', rows: all, change: inactive }))).toBe('bulk.isRunning')
    expect(await ended(tom, id)).toMatchObject({ state: 'done', total: 400, changed: 400, refusals: 0 })
  })

  it('leaves out who is not theirs, says so, and shows the job to nobody else', async () => {
    await using app = await testApp()
    const { admin, tom, tina, ids } = await centre(app)
    const { id: omar } = await tina.beneficiaries.create({ name: 'Omar' })
    const { id } = await tom.bulk.begin({ list: 'people', rows: { ids: [...ids, omar] }, change: inactive })
    const job = await ended(tom, id)
    expect(job).toMatchObject({ changed: 30, refusals: 1, refused: [{ name: null, key: 'beneficiary.notFound' }] })
    expect(await tina.beneficiaries.get({ id: omar })).toMatchObject({ status: 'active' })
    expect(await admin.bulk.jobs()).toEqual([])
    expect(await refusalKey(tina.bulk.undo({ id }))).toBe('bulk.notFound')
  })

  it('takes everybody whom the filter shows but a few, and is taken back as a whole', async () => {
    await using app = await testApp()
    const { tom, ids } = await centre(app)
    const [kept = 0, gone = 0] = ids
    const rows = { filter: { search: 'person', status: 'active' as const }, except: [kept] }
    const { id } = await tom.bulk.begin({ list: 'people', rows, change: inactive })
    expect(await ended(tom, id)).toMatchObject({ state: 'done', total: 29, changed: 29, mayUndo: true })
    expect(await tom.beneficiaries.list({ status: 'active' })).toMatchObject({ total: 1, rows: [{ id: kept }] })

    await tom.beneficiaries.setStatus({ id: gone, status: 'completed' })
    const back = await tom.bulk.undo({ id })
    const undone = await ended(tom, back.id)
    expect(undone).toMatchObject({ isUndo: true, changed: 28, mayUndo: false })
    expect(undone.refused).toMatchObject([{ name: 'Person 0001', key: 'beneficiary.changedMeanwhile' }])
    expect(await tom.beneficiaries.list({ status: 'active' })).toMatchObject({ total: 29 })
    expect(await tom.beneficiaries.get({ id: gone })).toMatchObject({ status: 'completed' })
    expect(await refusalKey(tom.bulk.undo({ id }))).toBe('bulk.notUndone')
  })

  it('puts them in the trash but for whoever takes an assessment, by name, and is taken back after a restart', async () => {
    await using app = await testApp()
    const { admin, email } = await testCentre(app)
    const { kiosk, beneficiaryId: busy } = await seatedKiosk(app, admin, 'Busy Learner')
    const { id: assessmentId } = await publishedAssessment(admin)
    await kiosk.delivery.begin({ assessmentId })
    const { ids } = await admin.beneficiaries.registerMany({ names: ['Amal', 'Basma', 'Chadi'] })
    const [amal = 0, basma = 0] = ids
    const { id } = await admin.bulk.begin({ list: 'people', rows: all, change: { kind: 'remove' } })
    const job = await ended(admin, id)
    expect(job).toMatchObject({ state: 'done', total: 4, changed: 3, mayUndo: true })
    expect(job.refused).toEqual([{ name: 'Busy Learner', key: 'trash.running', params: {} }])
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 1, rows: [{ id: busy }] })

    await admin.peopleTrash.restore({ id: amal })
    await app.restart()
    await admin.identity.signIn({ email, password })
    const undone = await ended(admin, (await admin.bulk.undo({ id })).id)
    expect(undone).toMatchObject({ isUndo: true, changed: 2, refused: [{ name: 'Amal', key: 'trash.notFound' }] })
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 4 })
    expect(await admin.peopleTrash.list()).toEqual([])
    const { rows } = await admin.beneficiaries.timeline({ id: basma, kinds: ['change'] })
    expect(rows.map(({ title }) => title)).toContain('bulk.changedSome')
  })

  it('stops where it is told to, keeps what is done, and leaves one line in the log', async () => {
    await using app = await testApp()
    const { admin, tom } = await centre(app, 1000)
    const { id } = await tom.bulk.begin({ list: 'people', rows: all, change: inactive })
    await tom.bulk.cancel({ id })
    const job = await ended(tom, id)
    expect(job.state).toBe('cancelled')
    expect(job.changed).toBeLessThan(1000)
    expect((await tom.beneficiaries.list({ status: 'inactive' })).total).toBe(job.changed)
    const { rows } = await admin.activity.list({ action: 'bulk.changed' })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ notes: { kind: 'status', changed: job.changed, state: 'cancelled' } })
  })

  it('is taken back after the program was closed, and only where nobody has written since', async () => {
    await using app = await testApp()
    const { admin, tom, ids } = await centre(app, 60)
    const [first = 0] = ids
    const { key } = await admin.ownFields.add({ name: 'Bus', kind: 'text' })
    const { id } = await admin.bulk.begin({
      list: 'people',
      rows: all,
      change: { kind: 'own', key, value: 'Line 7' },
    })
    expect(await ended(admin, id)).toMatchObject({ changed: 60, mayUndo: true })
    await app.restart()
    expect(await tom.bulk.jobs()).toEqual([])
    expect(await admin.bulk.jobs()).toMatchObject([{ id, state: 'done', total: 60, changed: 60, mayUndo: true }])

    await tom.beneficiaries.setStatus({ id: first, status: 'inactive' })
    const back = await admin.bulk.undo({ id })
    expect(await ended(admin, back.id)).toMatchObject({ changed: 59, refusals: 1 })
    expect(await admin.beneficiaries.list({ own: { key, value: 'Line 7' } })).toMatchObject({ total: 1 })
    await app.restart()
    expect(await refusalKey(admin.bulk.undo({ id }))).toBe('bulk.notUndone')
    await admin.bulk.dismiss({ id })
    expect(await refusalKey(admin.bulk.undo({ id }))).toBe('bulk.notFound')
  })

  it('is as far as it came when the program ends in the middle, and that is taken back', async () => {
    await using app = await testApp()
    const { tom } = await centre(app, 1000)
    const { id } = await tom.bulk.begin({ list: 'people', rows: all, change: inactive })
    while (((await tom.bulk.jobs())[0]?.reached ?? 0) === 0) await pause(1)
    await app.restart()
    const [closed] = await tom.bulk.jobs()
    expect(closed).toMatchObject({ id, state: 'interrupted', mayUndo: true })
    expect(closed?.changed).toBeLessThan(1000)
    expect((await tom.beneficiaries.list({ status: 'inactive' })).total).toBe(closed?.changed)

    // As a kill leaves it: nobody said that it is over.
    await app.withDatabase((db) => db.updateTable('bulk_jobs').set({ state: 'running' }).execute())
    expect(await tom.bulk.jobs()).toMatchObject([{ id, state: 'interrupted', changed: closed?.changed }])
    const back = await tom.bulk.undo({ id })
    expect(await ended(tom, back.id)).toMatchObject({ state: 'done', changed: closed?.changed, refusals: 0 })
    expect(await tom.beneficiaries.list({ status: 'inactive' })).toMatchObject({ total: 0 })
  })

  it('can be taken back for a day, and leaves nothing of what it kept', async () => {
    await using app = await testApp()
    const { tom, ids } = await centre(app)
    const { id } = await tom.bulk.begin({ list: 'people', rows: { ids }, change: inactive })
    await ended(tom, id)
    const kept = () => app.withDatabase((db) => db.selectFrom('bulk_rows').select('job_id').execute())
    expect(await kept()).toHaveLength(30)
    expect(await tom.bulk.jobs()).toMatchObject([{ id, mayUndo: true }])

    const before = new Date(Date.now() - 24 * 3_600_000 - 1000).toISOString()
    await app.withDatabase((db) => db.updateTable('bulk_jobs').set({ created_at: before }).execute())
    expect(await refusalKey(tom.bulk.undo({ id }))).toBe('bulk.notFound')
    // Closing waits for what is tidied behind the first page.
    await app.restart()
    expect(await kept()).toEqual([])
  })

  it('stands in the history of each person as any other change, and so does taking it back', async () => {
    await using app = await testApp()
    const { tom, ids } = await centre(app)
    const [id = 0] = ids
    const job = await tom.bulk.begin({ list: 'people', rows: { ids }, change: inactive })
    await ended(tom, job.id)
    const change = { byName: 'Tom Trainer', field: 'status', before: 'active', after: 'inactive', isRestorable: true }
    for (const id of ids) expect((await tom.beneficiaries.history({ id })).rows).toMatchObject([change])
    await ended(tom, (await tom.bulk.undo({ id: job.id })).id)
    const back = { field: 'status', before: 'inactive', after: 'active' }
    expect((await tom.beneficiaries.history({ id })).rows).toMatchObject([back, change])
    expect(await tom.beneficiaries.statusHistory({ id })).toMatchObject([{ after: 'active' }, { after: 'inactive' }])
    expect((await tom.beneficiaries.timeline({ id, kinds: ['change'] })).rows.length).toBeGreaterThan(0)
  })

  it('ends with the session of whoever began it', async () => {
    await using app = await testApp()
    const { admin, tom } = await centre(app, 1000)
    await tom.bulk.begin({ list: 'people', rows: all, change: inactive })
    await tom.identity.signOut()
    const lineOfEnd = async () => (await admin.activity.list({ action: 'bulk.changed' })).rows[0]
    while (!(await lineOfEnd())) await pause(5)
    expect(await lineOfEnd()).toMatchObject({ notes: { state: 'ended' } })
  })

  it('puts people into a group, offers them to a trainer, and writes a field of the organization', async () => {
    await using app = await testApp()
    const { admin, tom, tina, ids } = await centre(app)
    const { id: groupId } = await tom.groups.create({ name: 'Morning' })
    const rows = { ids }
    const change = async (client: Client, what: Parameters<typeof tom.bulk.begin>[0]) => {
      const { id } = await client.bulk.begin(what)
      return ended(client, id)
    }
    expect(await change(tom, { list: 'people', rows, change: { kind: 'addToGroup', groupId } })).toMatchObject({
      changed: 30,
    })
    expect((await tom.groups.get({ id: groupId })).members).toHaveLength(30)
    const tinaId = (await tom.beneficiaries.trainers()).find(({ name }) => name === 'Tina Teacher')?.id ?? 0
    await change(tom, { list: 'people', rows, change: { kind: 'handOver', trainerId: tinaId } })
    expect(await tina.handovers.list()).toHaveLength(30)
    const { key } = await admin.ownFields.add({ name: 'Bus', kind: 'yesNo' })
    const wrong = { kind: 'own', key, value: 'by tram' } as const
    const refused = await change(tom, { list: 'people', rows, change: wrong })
    expect(refused).toMatchObject({ changed: 0, refusals: 30 })
    expect(refused.refused[0]).toMatchObject({ name: 'Person 0000', key: 'ownField.doesNotFit' })
    await change(admin, { list: 'people', rows: all, change: { kind: 'own', key, value: true } })
    expect(await tom.beneficiaries.list({ own: { key, value: 'true' } })).toMatchObject({ total: 30 })
  })
})
