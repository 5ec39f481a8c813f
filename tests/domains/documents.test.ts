import { describe, expect, it } from 'vitest'
import { readPicture } from '../../main/domains/documents/read-picture.ts'
import { testApp } from '../support/app.ts'
import { choice, publishedAssessment, seatedKiosk, secondCentre, testCentre } from '../support/centre.ts'
import { gif, jpeg, png, pngOf, webp } from '../support/pictures.ts'
import { refusalKey } from '../support/refusal.ts'

const base64 = (bytes: Buffer) => bytes.toString('base64')

describe('adding a picture', () => {
  it.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    [
      'HTML behind the first bytes of a PNG',
      Buffer.concat([png.subarray(0, 8), Buffer.from('<script>alert(1)</script>')]),
    ],
    ['a PNG without its end', png.subarray(0, -12)],
    ['a PNG without pixels', Buffer.concat([png.subarray(0, 33), png.subarray(-12)])],
    ['a JPEG without its end', jpeg.subarray(0, -2)],
    ['a GIF without its end', gif.subarray(0, -1)],
    ['a WebP without its end', webp.subarray(0, -4)],
    ['a PNG of no width', pngOf(0, 10)],
    ['nothing but noise', Buffer.alloc(4096, 0xa5)],
    ['nothing that is base64', Buffer.alloc(0)],
  ])('refuses %s, whatever it is called', async (_, bytes) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const add = admin.documents.addPicture({ base64: base64(bytes) || '*', filename: 'holiday.png' })
    expect(await refusalKey(add)).toBe('picture.unreadable')
    const kept = await app.withDatabase((db) => db.selectFrom('document_contents').select('sha256').execute())
    expect(kept).toEqual([])
  })

  it('refuses a few bytes that unpack to gigabytes', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    for (const bytes of [pngOf(20_000, 20_000), pngOf(8_001, 1), pngOf(7_000, 7_000)]) {
      expect(await refusalKey(admin.documents.addPicture({ base64: base64(bytes) }))).toBe('picture.tooLarge')
    }
  })

  it('refuses more than two megabytes, and takes exactly two', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const filled = (size: number) => Buffer.concat([png, Buffer.alloc(size - png.length)])
    const limit = 2 * 1024 * 1024
    expect(await refusalKey(admin.documents.addPicture({ base64: base64(filled(limit + 1)) }))).toBe('picture.tooLarge')
    expect(await admin.documents.addPicture({ base64: base64(filled(limit)) })).toHaveProperty('image')
  })

  it('tells the format and the size of each kind by its bytes', () => {
    expect(readPicture(png)).toMatchObject({ mimeType: 'image/png', width: 4, height: 3 })
    expect(readPicture(jpeg)).toMatchObject({ mimeType: 'image/jpeg', width: 4, height: 3 })
    expect(readPicture(gif)).toMatchObject({ mimeType: 'image/gif', width: 4, height: 3 })
    expect(readPicture(webp)).toMatchObject({ mimeType: 'image/webp', width: 4, height: 3 })
  })

  it('never trips over damaged bytes', () => {
    let state = 7
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    for (let round = 0; round < 20_000; round++) {
      const bytes = Buffer.from([png, jpeg, gif, webp][round % 4] ?? png)
      for (let change = 0; change < 4; change++) bytes[random(bytes.length)] = random(256)
      try {
        readPicture(bytes.subarray(0, 1 + random(bytes.length)))
      } catch (error) {
        expect(error).toHaveProperty('key', expect.stringMatching(/^picture\.(unreadable|tooLarge)$/))
      }
    }
  })

  it('keeps the same bytes once for each organization, and once on the disk', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { image } = await admin.documents.addPicture({ base64: base64(png), filename: 'one.png' })
    expect(await admin.documents.addPicture({ base64: base64(png), filename: 'two.png' })).toEqual({ image })
    const { admin: other } = await secondCentre(app)
    expect(await other.documents.addPicture({ base64: base64(png) })).toEqual({ image })

    const { documents, contents } = await app.withDatabase(async (db) => ({
      documents: await db.selectFrom('documents').selectAll().orderBy('id').execute(),
      contents: await db.selectFrom('document_contents').select('sha256').execute(),
    }))
    expect(contents).toEqual([{ sha256: image }])
    expect(documents).toMatchObject([
      { organization_id: 1, filename: 'one.png', file_path: `content:${image}`, mime_type: 'image/png' },
      { organization_id: 2, filename: image, category: 'question', file_size: png.length },
    ])
    expect(await admin.documents.picture({ image })).toEqual({
      mimeType: 'image/png',
      base64: base64(png),
      width: 4,
      height: 3,
    })
  })
})

describe('who sees a picture', () => {
  it('reports the picture of another organization as missing', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { image } = await admin.documents.addPicture({ base64: base64(png) })
    const { admin: stranger } = await secondCentre(app)
    expect(await refusalKey(stranger.documents.picture({ image }))).toBe('picture.notFound')
  })

  it('shows a learner what stands in the paper of their own attempt, and nothing else', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { image: asked } = await admin.documents.addPicture({ base64: base64(png) })
    const { image: inOption } = await admin.documents.addPicture({ base64: base64(gif) })
    const { image: elsewhere } = await admin.documents.addPicture({ base64: base64(webp) })
    const [first, second] = choice.options
    const options = [{ ...first, picture: { image: inOption, alt: 'Four dots' } }, second]
    const question = { ...choice, images: [{ image: asked, alt: 'Dots' }], options }
    const { id: assessmentId } = await publishedAssessment(admin, [question])
    const { kiosk } = await seatedKiosk(app, admin)
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })

    expect(await refusalKey(kiosk.delivery.picture({ attemptId, image: elsewhere }))).toBe('picture.notFound')
    expect(await refusalKey(kiosk.documents.picture({ image: asked }))).toBe('door.forbidden')
    const { kiosk: neighbour } = await seatedKiosk(app, admin, 'Nora Neighbour')
    expect(await refusalKey(neighbour.delivery.picture({ attemptId, image: asked }))).toBe('picture.notFound')

    expect(await kiosk.delivery.picture({ attemptId, image: asked })).toMatchObject({ base64: base64(png) })
    expect(await kiosk.delivery.picture({ attemptId, image: inOption })).toMatchObject({ mimeType: 'image/gif' })
  })

  it('shows no picture that the organization does not have, though the paper names it', async () => {
    await using app = await testApp()
    const { admin: other } = await testCentre(app)
    const { image } = await other.documents.addPicture({ base64: base64(png) })
    const { admin } = await secondCentre(app)
    const { id: assessmentId } = await publishedAssessment(admin, [{ ...choice, images: [{ image, alt: '' }] }])
    const { kiosk } = await seatedKiosk(app, admin)
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })
    expect(await refusalKey(kiosk.delivery.picture({ attemptId, image }))).toBe('picture.notFound')
  })
})
