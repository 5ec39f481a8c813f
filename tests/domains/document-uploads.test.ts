import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { isUsed } from '../../main/domains/documents/contents.ts'
import { refuseFullDisk } from '../../main/domains/documents/storage.ts'
import { maxDocumentBytes, pieceBytes } from '../../shared/contract/documents.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { passDaysOfUse, password, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { addDocument, contentOf, noise, pieceOf } from '../support/documents.ts'
import { png } from '../support/pictures.ts'
import { refusalKey } from '../support/refusal.ts'

const uploader = join(import.meta.dirname, '../support/upload-until-killed.ts')
const day = 24 * 3_600_000

/** Digests of the pieces that are stored, and of those that nothing refers to. */
async function stored(app: TestApp) {
  return app.withDatabase(async (db) => {
    const digests = (await db.selectFrom('document_contents').select('sha256').execute()).map(({ sha256 }) => sha256)
    const strays: string[] = []
    for (const digest of digests) if (!(await isUsed(db, digest))) strays.push(digest)
    return { digests, strays }
  })
}

describe('a file that is too much', () => {
  it('is refused before its first byte, and nothing is kept of it', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const begin = (size: number) => admin.documents.beginUpload({ filename: 'film.mp4', size })
    expect(await refusalKey(begin(maxDocumentBytes + 1))).toBe('document.tooLarge')
    expect(await refusalKey(begin(0))).toBe('document.empty')
    await admin.documents.setQuota({ quota: 1024 ** 2 })
    expect(await refusalKey(begin(1024 ** 2 + 1))).toBe('document.overQuota')
    expect(await admin.documents.uploads()).toEqual([])
    expect((await stored(app)).digests).toEqual([])
  })

  it('is refused where the disk has no room for it and for the work of the day', async () => {
    await using app = await testApp()
    await expect(refuseFullDisk(app.dataDir, 1)).resolves.toBeUndefined()
    const { bavail, bsize } = await statfs(app.dataDir)
    const nearlyAll = bavail * bsize - 100 * 1024 ** 2
    await expect(refuseFullDisk(app.dataDir, nearlyAll)).rejects.toHaveProperty('key', 'document.diskFull')
  })

  it('counts what is on its way in, older versions and removed documents', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.documents.setQuota({ quota: 1024 ** 2 })
    const { id } = await addDocument(admin, noise(400_000))
    await addDocument(admin, noise(300_000, 2), { documentId: id })
    const { updatedAt } = await admin.documents.get({ id })
    await admin.documents.remove({ id, updatedAt })
    await admin.documents.beginUpload({ filename: 'coming', size: 200_000 })
    expect(await admin.documents.storage()).toEqual({ used: 900_000, quota: 1024 ** 2 })
    expect(await refusalKey(admin.documents.beginUpload({ filename: 'more', size: 200_000 }))).toBe(
      'document.overQuota',
    )
  })
})

describe('a file on its way in', () => {
  it('takes only pieces that fit, and is no document before all of them are there', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const bytes = noise(pieceBytes + 10)
    const { uploadId } = await admin.documents.beginUpload({ filename: 'x', size: bytes.length })
    const send = (position: number, base64: string) => admin.documents.sendPiece({ uploadId, position, base64 })
    expect(await refusalKey(send(0, pieceOf(bytes, 1)))).toBe('document.wrongPiece')
    expect(await refusalKey(send(1, pieceOf(bytes, 0)))).toBe('document.wrongPiece')
    expect(await refusalKey(send(2, pieceOf(bytes, 1)))).toBe('document.wrongPiece')
    await send(1, pieceOf(bytes, 1))
    expect(await refusalKey(admin.documents.finishUpload({ uploadId }))).toBe('document.piecesMissing')
    expect((await admin.documents.list({})).rows).toEqual([])
  })

  it('goes on where it stopped after a restart, and only for the one who began it', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const tom = await testTrainer(app, admin)
    const tina = await testTrainer(app, admin, 'Tina Trainer')
    const bytes = noise(2 * pieceBytes + 10)
    const file = { filename: 'Report.bin', size: bytes.length, modifiedMs: 7 }
    const { uploadId } = await tom.documents.beginUpload(file)
    await tom.documents.sendPiece({ uploadId, position: 1, base64: pieceOf(bytes, 1) })
    await app.restart()

    expect(await tina.documents.uploads()).toEqual([])
    expect(await refusalKey(tina.documents.arrived({ uploadId }))).toBe('document.uploadNotFound')
    expect(await refusalKey(tina.documents.sendPiece({ uploadId, position: 0, base64: pieceOf(bytes, 0) }))).toBe(
      'document.uploadNotFound',
    )
    expect((await tina.documents.beginUpload(file)).uploadId).not.toBe(uploadId)
    expect(await tom.documents.beginUpload(file)).toMatchObject({ uploadId, pieces: 3, arrived: 1 })
    expect((await tom.documents.arrived({ uploadId })).map(({ position }) => position)).toEqual([1])
    for (const position of [0, 2]) {
      await tom.documents.sendPiece({ uploadId, position, base64: pieceOf(bytes, position) })
    }
    const { id } = await tom.documents.finishUpload({ uploadId })
    expect((await contentOf(tom, id)).equals(bytes)).toBe(true)
    expect(await tom.documents.uploads()).toEqual([])
  })

  it('answers a retry of the last call with the same document', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { uploadId } = await admin.documents.beginUpload({ filename: 'x', size: 1 })
    await admin.documents.sendPiece({ uploadId, position: 0, base64: 'eA==' })
    const first = await admin.documents.finishUpload({ uploadId })
    expect(await admin.documents.finishUpload({ uploadId })).toEqual(first)
    expect((await admin.documents.list({})).rows).toHaveLength(1)
  })

  it('leaves no bytes behind when it is cancelled, when a piece is replaced, or after a week', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, email } = await testCentre(app)
    const bytes = noise(2 * pieceBytes)
    const { uploadId } = await admin.documents.beginUpload({ filename: 'x', size: bytes.length })
    await admin.documents.sendPiece({ uploadId, position: 0, base64: pieceOf(bytes, 0) })
    await admin.documents.sendPiece({ uploadId, position: 0, base64: pieceOf(noise(pieceBytes, 3), 0) })
    expect((await stored(app)).digests).toHaveLength(1)
    await admin.documents.cancelUpload({ uploadId })
    expect((await stored(app)).digests).toEqual([])

    const again = await admin.documents.beginUpload({ filename: 'x', size: bytes.length })
    await admin.documents.sendPiece({ uploadId: again.uploadId, position: 0, base64: pieceOf(bytes, 0) })
    clock.pass(8 * day)
    await app.restart()
    await expect.poll(async () => (await stored(app)).digests).toEqual([])
    await admin.identity.signIn({ email, password })
    expect(await admin.documents.uploads()).toEqual([])
  })

  it('is as good as it was said to be after a kill, and nothing else is there', { timeout: 60_000 }, async () => {
    await using app = await testApp()
    const { admin, email } = await testCentre(app)
    await app.pause()
    const child = spawn(process.execPath, [uploader, app.dataDir, email])
    const said: number[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(Number(line))
      if (said.length === 9) child.kill('SIGKILL')
    }
    if (child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')
    await app.resume()

    const [upload] = await admin.documents.uploads()
    const there = await admin.documents.arrived({ uploadId: upload?.uploadId ?? '' })
    const positions = there.map(({ position }) => position)
    expect(positions).toEqual(expect.arrayContaining(said))
    expect(positions.length).toBeLessThanOrEqual(said.length + 1)
    const { digests, strays } = await stored(app)
    expect(strays).toEqual([])
    expect(digests).toHaveLength(positions.length)
  })
})

describe('a content', () => {
  it('is stored once, however often and by whomever it is added, and goes with its last document', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, email } = await testCentre(app)
    const bytes = noise(2 * pieceBytes + 99)
    const one = await addDocument(admin, bytes, { filename: 'one' })
    const two = await addDocument(admin, bytes, { filename: 'two' })
    expect((await stored(app)).digests).toHaveLength(3)

    for (const { id } of [one, two]) {
      const { updatedAt } = await admin.documents.get({ id })
      await admin.documents.remove({ id, updatedAt })
      clock.pass(31 * day)
      await passDaysOfUse(app, clock, 3)
      await app.restart()
      await admin.identity.signIn({ email, password })
      await expect.poll(async () => admin.documents.list({ view: 'deleted' })).toMatchObject({ rows: [] })
      if (id === one.id) expect((await contentOf(admin, two.id)).equals(bytes)).toBe(true)
    }
    await expect.poll(async () => (await stored(app)).digests).toEqual([])
    const lists = await app.withDatabase((db) => db.selectFrom('document_pieces').selectAll().execute())
    expect(lists).toEqual([])
  })

  it('cannot be taken over by writing the list of its pieces into a file', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const secret = await addDocument(admin, noise(pieceBytes + 1))
    const pieces = await app.withDatabase((db) =>
      db.selectFrom('document_pieces').select('sha256').orderBy('position').execute(),
    )
    const list = Buffer.from(pieces.map(({ sha256 }) => sha256).join('\n'))
    const { id } = await addDocument(admin, list)
    expect((await contentOf(admin, id)).equals(list)).toBe(true)
    expect(await contentOf(admin, secret.id)).toHaveLength(pieceBytes + 1)
  })

  it('stands nowhere in the data folder as it is', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const canary = Buffer.from('CANARY-OF-A-DOCUMENT'.repeat(50_000))
    await addDocument(admin, canary, { filename: 'CANARY-OF-A-NAME.txt' })
    const files = readdirSync(app.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const telling = files.filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes('CANARY'))
    expect(files.length).toBeGreaterThan(1)
    expect(telling.map(({ name }) => name)).toEqual([])
  })

  it.each([
    [
      'a script in SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'a.svg',
    ],
    ['a script in HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), 'a.html'],
    ['HTML under the name of a picture', Buffer.from('<script>alert(1)</script>'), 'a.png'],
    ['an archive that unpacks to gigabytes', Buffer.from('PK\x03\x04'.padEnd(100, '\0'), 'latin1'), 'bomb.zip'],
    ['a program under the name of a text', Buffer.from('MZ\0\0\x01', 'latin1'), 'readme.txt'],
    ['bytes that are no text', Buffer.from([0xc3, 0x28]), 'a.txt'],
  ])('that is %s is never taken for something to show', async (_, bytes, filename) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await addDocument(admin, bytes, { filename })
    expect(await admin.documents.get({ id })).toMatchObject({ mimeType: 'application/octet-stream', filename })
    expect((await contentOf(admin, id)).equals(bytes)).toBe(true)
  })

  it.each([
    ['image/png', png, 'whatever.txt'],
    ['application/pdf', Buffer.from('%PDF-1.7\n'), 'x'],
    ['text/plain', Buffer.from('Voilà, مرحبا'), 'notes.TXT'],
    ['video/mp4', Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), 'x'],
    ['audio/wav', Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), 'x'],
  ])('is known as %s by its bytes', async (mimeType, bytes, filename) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await addDocument(admin, bytes, { filename })
    expect(await admin.documents.get({ id })).toMatchObject({ mimeType })
  })
})
