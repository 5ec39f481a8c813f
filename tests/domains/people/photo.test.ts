import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { digestOfBytes } from '../../../main/domains/documents/contents.ts'
import { type TestApp, testApp } from '../../support/app.ts'
import { passDaysOfUse, testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { jpeg, otherJpeg, png, squareJpeg } from '../../support/pictures.ts'
import { refusalKey } from '../../support/refusal.ts'

const base64 = squareJpeg.toString('base64')
const [image, otherImage] = [digestOfBytes(squareJpeg), digestOfBytes(otherJpeg)]

async function withPerson(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const { id: beneficiaryId } = await tom.beneficiaries.create({ name: 'Lina Learner' })
  return { admin, tom, beneficiaryId }
}

function segment(marker: number, content: string): Buffer {
  const head = Buffer.from([0xff, marker, 0, content.length + 2])
  return Buffer.concat([squareJpeg.subarray(0, 2), head, Buffer.from(content), squareJpeg.subarray(2)])
}

it('refuses what is not a bare square picture, and keeps nothing of it', async () => {
  await using app = await testApp()
  const { tom, beneficiaryId } = await withPerson(app)
  const sized = (width: number, height: number) => {
    const bytes = Buffer.from(squareJpeg)
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    bytes.writeUInt16BE(height, frame + 5)
    bytes.writeUInt16BE(width, frame + 7)
    return bytes
  }
  const hostile = {
    place: segment(0xe1, 'Exif\0\0GPS 36.8 10.2'),
    comment: segment(0xfe, 'Amina Haddad'),
    'two files in one': Buffer.concat([squareJpeg, Buffer.from('<script>alert(1)</script>')]),
    'cut off': squareJpeg.subarray(0, -40),
    'no end': squareJpeg.subarray(0, -2),
    'not square': sized(9, 8),
    'larger than it may be': sized(513, 513),
    '100 megapixels': sized(10_000, 10_000),
    'of a camera': jpeg,
    'another format': png,
    program: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    nothing: Buffer.alloc(0),
  }
  for (const [name, bytes] of Object.entries(hostile)) {
    const key = name === '100 megapixels' ? 'picture.tooLarge' : 'photo.unreadable'
    expect([name, await refusalKey(tom.photos.set({ beneficiaryId, base64: bytes.toString('base64') }))]).toEqual([
      name,
      key,
    ])
  }
  await expect(tom.photos.set({ beneficiaryId, base64: 'A'.repeat(600_000) })).rejects.toThrow()
  expect(await tom.beneficiaries.get({ id: beneficiaryId })).toMatchObject({ photo: null })
  expect(await app.withDatabase((db) => db.selectFrom('document_contents').select('sha256').execute())).toEqual([])
})

it('shows a photo to whoever may open the file, in the file and the list, and among no documents', async () => {
  await using app = await testApp()
  const { admin, tom, beneficiaryId } = await withPerson(app)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  expect(await refusalKey(tina.photos.set({ beneficiaryId, base64 }))).toBe('beneficiary.notFound')
  expect(await tom.photos.set({ beneficiaryId, base64 })).toEqual({ image })
  expect(await tom.photos.get({ beneficiaryId, image })).toEqual({ base64 })
  expect(await admin.photos.get({ beneficiaryId, image })).toEqual({ base64 })
  expect(await refusalKey(tina.photos.get({ beneficiaryId, image }))).toBe('photo.notFound')
  expect(await refusalKey(tina.photos.remove({ beneficiaryId }))).toBe('beneficiary.notFound')
  expect(await tom.beneficiaries.get({ id: beneficiaryId })).toMatchObject({ photo: image })
  expect((await tom.beneficiaries.list({})).rows).toMatchObject([{ id: beneficiaryId, photo: image }])
  expect((await tom.documents.list({})).rows).toEqual([])
  expect((await tom.documents.list({ view: 'deleted' })).rows).toEqual([])
})

it('replaces a photo, gives the earlier one back, and takes both away with what was removed a month ago', async () => {
  const clock = testClock()
  await using app = await testApp({ clock })
  const { tom, beneficiaryId } = await withPerson(app)
  const photo = async () => (await tom.beneficiaries.get({ id: beneficiaryId })).photo
  await tom.photos.set({ beneficiaryId, base64 })
  await tom.photos.set({ beneficiaryId, base64: otherJpeg.toString('base64') })
  expect(await photo()).toBe(otherImage)
  expect(await refusalKey(tom.photos.get({ beneficiaryId, image }))).toBe('photo.notFound')
  await tom.photos.putBack({ beneficiaryId, image })
  expect(await photo()).toBe(image)
  await tom.photos.remove({ beneficiaryId })
  expect(await photo()).toBeNull()
  expect(await refusalKey(tom.photos.putBack({ beneficiaryId, image: 'a'.repeat(64) }))).toBe('photo.notFound')
  clock.pass(32 * 86_400_000)
  await passDaysOfUse(app, clock, 3)
  await app.restart()
  await expect
    .poll(() => app.withDatabase((db) => db.selectFrom('document_contents').select('sha256').execute()))
    .toEqual([])
})

it('asks first where the organization asks, and lets the photo go when the yes is taken back', async () => {
  await using app = await testApp()
  const { admin, tom, beneficiaryId } = await withPerson(app)
  const { id: textId } = await admin.privacy.writeConsentText({ topic: 'Photos', text: 'Keep one?', covers: 'photo' })
  const second = { topic: 'Pictures', text: 'Keep one?', covers: 'photo' } as const
  expect(await refusalKey(admin.privacy.writeConsentText(second))).toBe('privacy.consentCovered')
  expect(await refusalKey(tom.photos.set({ beneficiaryId, base64 }))).toBe('photo.consentFirst')

  await tom.privacy.recordConsent({ beneficiaryId, textId, kind: 'given' })
  await tom.photos.set({ beneficiaryId, base64 })
  // What is asked anew must be answered anew before another photo; the one that is there was agreed to.
  const { id: newer } = await admin.privacy.writeConsentText({ topic: 'photos', text: 'Keep one for two years?' })
  const another = { beneficiaryId, base64: otherJpeg.toString('base64') }
  expect(await refusalKey(tom.photos.set(another))).toBe('photo.consentFirst')
  expect(await tom.photos.get({ beneficiaryId, image })).toEqual({ base64 })

  await tom.privacy.recordConsent({ beneficiaryId, textId: newer, kind: 'given' })
  await tom.privacy.recordConsent({ beneficiaryId, textId: newer, kind: 'withdrawn' })
  expect(await tom.beneficiaries.get({ id: beneficiaryId })).toMatchObject({ photo: null })
  expect(await refusalKey(tom.photos.putBack({ beneficiaryId, image }))).toBe('photo.consentFirst')
  // Brought by a machine that had not heard of the no.
  await app.withDatabase((db) => db.updateTable('documents').set({ deleted_at: null }).execute())
  expect(await refusalKey(tom.photos.get({ beneficiaryId, image }))).toBe('photo.notFound')
})

it('goes with the person who is erased, with its bytes', async () => {
  await using app = await testApp()
  const { admin, tom, beneficiaryId } = await withPerson(app)
  await tom.photos.set({ beneficiaryId, base64 })
  await tom.photos.set({ beneficiaryId, base64: otherJpeg.toString('base64') })
  await admin.privacy.erase({ person: { beneficiaryId }, name: 'Lina Learner' })
  expect(await refusalKey(admin.photos.get({ beneficiaryId, image: otherImage }))).toBe('photo.notFound')
  const left = await app.withDatabase(async (db) => [
    ...(await db.selectFrom('documents').select('id').execute()),
    ...(await db.selectFrom('document_contents').select('sha256').execute()),
  ])
  expect(left).toEqual([])
})
