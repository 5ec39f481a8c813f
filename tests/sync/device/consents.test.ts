import { expect, it } from 'vitest'
import { linesOf, textsOf } from '../../../main/domains/privacy/consent-queries.ts'
import { photoConsent } from '../../../main/domains/privacy/photo-consent.ts'
import { agree, type Device, enrolledDevice, insertPerson } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

const text = (device: Device, version: number, words: string, at: string) =>
  device.insert('consent_texts', { topic: 'Photos', version, text: words, covers: 'photo', created_at: at })

it('tells two texts apart to which two machines gave one number, and asks for the one that was written last', async () => {
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const { userId } = await insertPerson(one, 'Maria')
  const first = await text(one, 1, 'On our walls.', '2026-03-01T09:00:00.000Z')
  await agree(one, other)
  // The number of what was written first is the higher one, so that it decides nothing.
  const last = await text(one, 2, 'On our page.', '2026-03-03T09:00:00.000Z')
  const before = await text(other, 2, 'In our paper.', '2026-03-02T09:00:00.000Z')
  expect(before).toBeGreaterThan(last)
  const yes = { person_id: userId, consent_text_id: before, kind: 'given' }
  await other.insert('consents', { ...yes, created_at: '2026-03-02T10:00:00.000Z' })
  const versions = async ({ database }: Device) =>
    (await textsOf(database.reader, organizationId)).map(({ id, version, hasTwin }) => [id, version, hasTwin])
  expect(await versions(other)).toEqual([
    [before, 2, false],
    [first, 1, false],
  ])

  await agree(one, other)
  for (const device of [one, other]) {
    const { reader } = device.database
    expect(await versions(device)).toEqual([
      [last, 2, true],
      [before, 2, true],
      [first, 1, false],
    ])
    expect(await linesOf(reader, userId)).toMatchObject([
      { textId: before, version: 2, hasTwin: true, writtenAt: '2026-03-02T09:00:00.000Z', kind: 'given' },
    ])
    expect(await photoConsent(reader, organizationId, userId)).toEqual({ isAsked: true, isGiven: false, last: 'given' })
  }
  const again = { ...yes, consent_text_id: last, created_at: '2026-03-04T09:00:00.000Z' }
  await one.insert('consents', again)
  expect(await photoConsent(one.database.reader, organizationId, userId)).toMatchObject({ isGiven: true })
})

it('asks for the same text that a photo needs, where the clock of the machine that wrote it was behind', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const { userId } = await insertPerson(device, 'Maria')
  await text(device, 1, 'On our walls.', '2026-03-05T09:00:00.000Z')
  const asked = await text(device, 2, 'On our page.', '2026-03-01T09:00:00.000Z')
  expect((await textsOf(device.database.reader, organizationId))[0]).toMatchObject({ id: asked })
  await device.insert('consents', { person_id: userId, consent_text_id: asked, kind: 'given' })
  expect(await photoConsent(device.database.reader, organizationId, userId)).toMatchObject({ isGiven: true })
})
