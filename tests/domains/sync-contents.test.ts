import { CompiledQuery } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { connect, noticed } from '../support/connected.ts'
import { addDocument, noise } from '../support/documents.ts'
import { refusalKey } from '../support/refusal.ts'

const at = '2026-11-26T10:00:00.000Z'

/** A centre that does not answer, with a document of one piece whose content is here. */
async function world(app: TestApp, scope: 'organization' | 'trainer' = 'organization') {
  const { admin } = await testCentre(app)
  const { id } = await addDocument(admin, noise(1_000), { filename: 'Attestation.txt' })
  const path = await app.withDatabase(async (db) => {
    const found = await db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    await connect(db, found.organization_id, scope === 'trainer' ? { scope, trainer_id: 1 } : {})
    return String(found.file_path)
  })
  return { admin, id, path }
}

/** As a round leaves it. */
function note(app: TestApp, path: string, over: Record<string, string | number | null> = {}) {
  const columns: Record<string, string | number | null> = { path, size: 1_000, is_here: 1, ...over }
  const names = Object.keys(columns)
  const text = `INSERT OR REPLACE INTO sync_contents (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  return app.withDatabase((db) => db.executeQuery(CompiledQuery.raw(text, Object.values(columns))))
}

const dropBytes = (app: TestApp) => app.withDatabase((db) => db.deleteFrom('document_contents').execute())

it('is kept while somebody may still decide for it, and goes when nothing names it', async () => {
  await using app = await testApp()
  const { admin, id, path } = await world(app)
  const other = await addDocument(admin, noise(900, 2))
  await app.withDatabase(async (db) => {
    const row = await db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const values = { lost_values: JSON.stringify({ file_path: path }), kept_values: null }
    await noticed(db, { table: 'documents', rowId: id, organizationId: row.organization_id, ...values })
    // As the content of another computer counts in both.
    const elsewhere = `content:${'0'.repeat(64)}`
    await db.updateTable('documents').set({ file_path: elsewhere }).where('id', 'in', [id, other.id]).execute()
  })
  await app.restart()
  const digests = () => app.withDatabase((db) => db.selectFrom('document_contents').select('sha256').execute())
  await expect.poll(digests).toEqual([{ sha256: path.slice(8) }])
})

describe('the content of a document', () => {
  it('is nowhere else where an installation works alone, and cannot be fetched', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await addDocument(admin, noise(100))
    expect(await admin.sync.content({ id })).toBeNull()
    expect(await refusalKey(admin.sync.fetchContent({ id }))).toBe('sync.notEnrolled')
    expect(await refusalKey(admin.sync.retryContents())).toBe('sync.notEnrolled')
  })

  it('is missing to those who may not open the document', async () => {
    await using app = await testApp()
    const { admin, id } = await world(app)
    const trainer = await testTrainer(app, admin)
    const { admin: other } = await secondCentre(app)
    for (const somebody of [trainer, other]) {
      expect(await refusalKey(somebody.sync.content({ id }))).toBe('document.notFound')
      expect(await refusalKey(somebody.sync.fetchContent({ id }))).toBe('document.notFound')
      expect(await refusalKey(somebody.sync.ledger({ kind: 'documents', id }))).toBe('document.notFound')
    }
    expect(await refusalKey(trainer.sync.contents())).toBe('door.forbidden')
    expect(await other.sync.contents()).toEqual([])
  })

  it('is here before anybody has looked, and safe at the centre only when a round has said so', async () => {
    await using app = await testApp()
    const { admin, id, path } = await world(app)
    expect(await admin.sync.content({ id })).toMatchObject({ isHere: true, isOnDemand: false })
    expect(await admin.sync.ledger({ kind: 'documents', id })).toMatchObject({ isAtCentre: false })
    await note(app, path)
    expect(await admin.sync.ledger({ kind: 'documents', id })).toMatchObject({ isAtCentre: false })
    expect(await admin.sync.state()).toMatchObject({
      status: 'waiting',
      queued: 1,
      contents: { toSend: { count: 1, bytes: 1_000 }, toCome: { count: 0 } },
    })
    await note(app, path, { is_at_centre: 1 })
    expect(await admin.sync.ledger({ kind: 'documents', id })).toMatchObject({ isAtCentre: true })
    expect(await admin.sync.state()).toMatchObject({ status: 'done', queued: 0 })
  })

  it('says what stands in its way, and is tried again at once when somebody asks for it', async () => {
    await using app = await testApp()
    const { admin, id, path } = await world(app)
    await dropBytes(app)
    expect(await admin.sync.content({ id })).toMatchObject({ isHere: false })
    expect(await refusalKey(admin.documents.piece({ id }))).toBe('document.notHere')
    await note(app, path, { is_here: 0, problem: 'wrong', failures: 2, due_at: at })
    expect(await admin.sync.content({ id })).toMatchObject({ isHere: false, problem: 'wrong', dueAt: at, arrived: 0 })
    expect(await admin.sync.ledger({ kind: 'documents', id })).toBeNull()
    expect(await admin.sync.contents()).toMatchObject([
      { documentId: id, filename: 'Attestation.txt', direction: 'down', problem: 'wrong', size: 1_000 },
    ])
    await admin.sync.fetchContent({ id })
    expect(await admin.sync.content({ id })).toMatchObject({ problem: 'wrong', dueAt: null })
    await note(app, path, { problem: 'noRoom', due_at: at })
    await admin.sync.retryContents()
    expect(await admin.sync.contents()).toMatchObject([{ direction: 'up', problem: 'noRoom', dueAt: null }])
  })

  it('that is large waits on a trainer’s laptop until somebody asks', async () => {
    await using app = await testApp()
    const { admin, id, path } = await world(app, 'trainer')
    await dropBytes(app)
    await note(app, path, { is_here: 0, size: 50_000_000 })
    expect(await admin.sync.content({ id })).toMatchObject({ isHere: false, isOnDemand: true })
    expect(await admin.sync.contents()).toEqual([])
    expect((await admin.sync.state()).contents.toCome).toEqual({ count: 0, bytes: 0 })
    await admin.sync.fetchContent({ id })
    expect(await admin.sync.content({ id })).toMatchObject({ isOnDemand: false })
    expect((await admin.sync.state()).contents.toCome).toEqual({ count: 1, bytes: 50_000_000 })
  })
})
