import { expect, it } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { contentLine } from '../../../main/sync/contents/line.ts'
import type { ContentWay } from '../../../main/sync/contents/wire.ts'
import { Unreachable } from '../../../main/sync/wire.ts'
import { pieceBytes } from '../../../shared/contract/documents.ts'
import { comesByItself } from '../../../shared/contract/sync.ts'
import { noise } from '../../support/documents.ts'
import { addDocument, carry, contentAt } from './contents.ts'
import { type Device, enrolledDevice, insertPerson, openedDevice } from './device.ts'
import { smallCentre } from './small-centre.ts'
import { smallContents } from './small-contents.ts'

class Killed extends Error {}

async function oneDevice() {
  const centre = smallCentre()
  return { centre, contents: smallContents(centre), one: await enrolledDevice(centre) }
}

async function twoDevices() {
  const { centre, ...world } = await oneDevice()
  return { centre, ...world, other: await enrolledDevice(centre) }
}

const noteOf = ({ replica }: Device, path: string) =>
  replica
    .prepared<Record<string, unknown>>(
      'SELECT is_here AS isHere, is_at_centre AS isAtCentre, problem, failures FROM sync_contents WHERE path = ?',
    )
    .get(path)

it('brings the content of a document from one computer to the other, of one piece and of several', async () => {
  const { contents, one, other } = await twoDevices()
  const files = [noise(3_000, 1), noise(pieceBytes * 2 + 700, 2)]
  const added = [await addDocument(one, files[0] as Buffer), await addDocument(one, files[1] as Buffer)]
  await one.round()
  expect(await carry(one, contents.way())).toBe('done')
  await other.round()
  expect(await carry(other, contents.way())).toBe('done')
  for (const [place, { path }] of added.entries()) {
    expect(contentAt(other, path)?.equals(files[place] as Buffer)).toBe(true)
    const settled = { isHere: 1, isAtCentre: 1, problem: null, failures: 0 }
    for (const device of [one, other]) expect(noteOf(device, path)).toEqual(settled)
  }
  expect(other.one('SELECT count(*) FROM sync_content_parts')).toBe(0)
  const { puts, gets } = contents.counted
  await carry(one, contents.way())
  await carry(other, contents.way())
  expect(contents.counted).toMatchObject({ puts, gets })
})

it('goes on where it was killed, at every moment of the way up and down', async () => {
  const { contents, one, other } = await twoDevices()
  const bytes = noise(pieceBytes + 200_000, 3)
  const { path } = await addDocument(one, bytes)
  await addDocument(one, noise(100, 33))
  await one.round()
  await other.round()
  const killedAt = new Set<string>()
  async function untilThrough(device: Device) {
    for (let tries = 0; ; tries += 1) {
      let passed = 0
      // Some way into each try, so that every one brings a little more.
      const kill = (point: string) => {
        if (passed++ < 2 + (tries % 3)) return
        killedAt.add(point)
        throw new Killed()
      }
      const line = { ...contentLine({ wait: async () => {}, isOver: () => false }), chunk: 32_000 }
      try {
        return await carry(device, contents.way(), { at: kill, line })
      } catch (error) {
        if (!(error instanceof Killed)) throw error
      }
    }
  }
  expect(await untilThrough(one)).toBe('done')
  const reopened = await openedDeviceOf(other)
  expect(await untilThrough(reopened)).toBe('done')
  expect(contentAt(reopened, path)?.equals(bytes)).toBe(true)
  const moments = ['before put', 'after put', 'sent', 'before get', 'after get', 'part kept', 'fetched']
  expect([...killedAt].sort()).toEqual(moments.sort())
  // What was on the disk did not come again: at most one chunk of each try.
  expect(contents.counted.bytesDown).toBeLessThan(bytes.length * 2)
})

async function openedDeviceOf(device: Device) {
  const centre = smallCentre()
  await device.close()
  return openedDevice(device.folder, centre)
}

it('comes through a line that is cut again and again', async () => {
  const { contents, one, other } = await twoDevices()
  const bytes = noise(pieceBytes + 1_000, 4)
  const { path } = await addDocument(one, bytes)
  await one.round()
  await other.round()
  for (const device of [one, other]) {
    for (let tries = 0; tries < 60; tries += 1) {
      const way = contents.way()
      way.cutAfter = 3
      device.replica.prepared('UPDATE sync_contents SET due_at = NULL').run()
      if ((await carry(device, way)) === 'done' && noteOf(device, path)?.['isAtCentre'] === 1) break
    }
  }
  expect(contentAt(other, path)?.equals(bytes)).toBe(true)
})

it('carries a hundred files of which one is bad, and says of that one alone what is wrong', async () => {
  const { contents, one, other } = await twoDevices()
  const added: { path: string }[] = []
  for (let number = 0; number < 100; number += 1) added.push(await addDocument(one, noise(200 + number, 100 + number)))
  const [damaged, tooLarge] = [added[40]?.path ?? '', await addDocument(one, noise(5_000, 7))]
  one.replica.prepared('UPDATE document_contents SET bytes = zeroblob(240) WHERE sha256 = ?').run(damaged.slice(8))
  contents.takeAtMost(4_000)
  await one.round()
  expect(await carry(one, contents.way())).toBe('done')
  expect(contents.whole.size).toBe(99)
  expect(noteOf(one, damaged)).toMatchObject({ isAtCentre: 0, problem: 'damaged', failures: 1 })
  expect(noteOf(one, tooLarge.path)).toMatchObject({ isAtCentre: 0, problem: 'tooLarge' })

  const spoiled = added[60]?.path ?? ''
  contents.whole.set(spoiled.slice(8), Buffer.from('something else'))
  await other.round()
  expect(await carry(other, contents.way())).toBe('done')
  expect(other.one('SELECT count(*) FROM sync_contents WHERE is_here = 1')).toBe(98)
  expect(noteOf(other, spoiled)).toMatchObject({ isHere: 0, problem: 'wrong', failures: 1 })
  expect(noteOf(other, damaged)).toMatchObject({ isHere: 0, problem: 'waiting', failures: 0 })
  expect(contentAt(other, spoiled)).toBeUndefined()
  expect(other.one('SELECT count(*) FROM sync_content_parts')).toBe(0)
})

it('goes on with the others when the centre fails at one file, again and again', async () => {
  const { contents, one } = await oneDevice()
  const bad = await addDocument(one, noise(100, 20))
  for (const seed of [21, 22, 23]) await addDocument(one, noise(200, seed))
  await one.round()
  const way = contents.way()
  const failing: ContentWay = {
    ...way,
    async put(request) {
      if (request.path === bad.path) throw new Unreachable('The centre failed.', { cause: 'failed' })
      return way.put(request)
    },
  }
  expect(await carry(one, failing)).toBe('done')
  expect(contents.whole.size).toBe(3)
  expect(noteOf(one, bad.path)).toMatchObject({ isAtCentre: 0, problem: 'line', failures: 1 })
})

it('leaves large contents where they are on a trainer’s laptop, until somebody asks for one', async () => {
  const { contents, one, other } = await twoDevices()
  other.replica.prepared("UPDATE sync_state SET scope = 'trainer', trainer_id = 1").run()
  const [small, large] = [await addDocument(one, noise(1_000, 8)), await addDocument(one, noise(comesByItself + 1, 9))]
  await one.round()
  await carry(one, contents.way())
  await other.round()
  expect(await carry(other, contents.way())).toBe('done')
  expect(noteOf(other, small.path)).toMatchObject({ isHere: 1 })
  expect(noteOf(other, large.path)).toMatchObject({ isHere: 0, problem: null })
  other.replica
    .prepared('UPDATE sync_contents SET asked_at = ? WHERE path = ?')
    .run(systemClock.now().toISOString(), large.path)
  expect(await carry(other, contents.way(), { freeBytes: () => comesByItself })).toBe('done')
  expect(noteOf(other, large.path)).toMatchObject({ isHere: 0, problem: 'diskFull' })
  other.replica.prepared('UPDATE sync_contents SET due_at = NULL').run()
  await carry(other, contents.way())
  expect(noteOf(other, large.path)).toMatchObject({ isHere: 1, problem: null })
})

it('stands back for a round, and goes on behind it', async () => {
  const { contents, one } = await oneDevice()
  await addDocument(one, noise(pieceBytes, 10))
  await one.round()
  let asked = 0
  const line = contentLine({ wait: async () => {}, isOver: () => asked++ > 2 })
  expect(await carry(one, contents.way(), { line })).toBe('interrupted')
  expect(await carry(one, contents.way())).toBe('done')
  expect(contents.whole.size).toBe(1)
})

it('leaves everything for later when nobody answers', async () => {
  const { contents, one } = await oneDevice()
  const { path } = await addDocument(one, noise(500, 11))
  await one.round()
  const way = contents.way()
  way.isDown = true
  expect(await carry(one, way)).toBe('away')
  expect(noteOf(one, path)).toMatchObject({ isAtCentre: 0, failures: 0 })
})

it('forgets what came of a person’s document with the person, and takes in nothing more of it', async () => {
  const { contents, one, other } = await twoDevices()
  const person = await insertPerson(one, 'Amina Haddad')
  const { path, id } = await addDocument(one, noise(pieceBytes, 12), { beneficiary_id: person.id })
  await one.round()
  await carry(one, contents.way())
  await other.round()
  let gets = 0
  const at = (point: string) => {
    if (point === 'after get' && ++gets === 3) throw new Killed()
  }
  await expect(carry(other, contents.way(), { at })).rejects.toThrow(Killed)
  expect(other.one('SELECT count(*) FROM sync_content_parts')).toBe(2)
  const late = (point: string) => {
    if (point === 'after get') other.replica.prepared('DELETE FROM documents WHERE id = ?').run(id)
  }
  expect(await carry(other, contents.way(), { at: late })).toBe('done')
  const left = ['sync_content_parts', 'sync_contents', 'document_contents'].map((table) =>
    other.one(`SELECT count(*) FROM ${table}`),
  )
  expect(left).toEqual([0, 0, 0])
  expect(noteOf(other, path)).toBeUndefined()
})

it('sends contents again to a centre that was restored and has lost them', async () => {
  const { centre, contents, one } = await oneDevice()
  const backup = centre.backUp()
  const { path } = await addDocument(one, noise(900, 13))
  await one.round()
  await carry(one, contents.way())
  centre.restore(backup)
  contents.whole.clear()
  await one.round()
  expect(noteOf(one, path)).toMatchObject({ isAtCentre: 0 })
  expect(await carry(one, contents.way())).toBe('done')
  expect(contents.whole.size).toBe(1)
})
