import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { registry } from '../../main/database/registry.ts'
import { type ContentWay, largestChunk } from '../../main/sync/contents/wire.ts'
import { pieceBytes } from '../../shared/contract/documents.ts'
import { noise } from '../support/documents.ts'
import { addDocument, contentAt } from '../sync/device/contents.ts'
import { enrolledDevice, openedDevice } from '../sync/device/device.ts'
import { organizationId, type SmallCentre, smallCentre } from '../sync/device/small-centre.ts'
import { type SmallContents, smallContents } from '../sync/device/small-contents.ts'
import { chanceFrom } from './chance.ts'

/** The long form: `BDC_SYNC_KILLS=100`. */
const kills = Number(process.env['BDC_SYNC_KILLS'] ?? 10)

interface Said {
  saved: Set<number>
  described: Set<number>
}

/** A device process that saves and syncs against the centre of this one, until it is killed. */
async function started(folder: string, centre: SmallCentre, said: Said): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, '../support/sync-until-killed.ts'), [folder, String(organizationId)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const transport = centre.transport()
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The device ended before it began.')))
    child.on('message', async (message: Record<string, unknown>) => {
      if (message['ready']) resolve()
      if (typeof message['saved'] === 'number') said.saved.add(message['saved'])
      if (typeof message['described'] === 'number') said.described.add(message['described'])
      const call = message['call']
      if (call !== 'hello' && call !== 'push' && call !== 'pull') return
      const reply = await transport[call](message['input'] as never)
      if (child.connected) child.send({ id: message['id'], reply }, () => {})
    })
  })
  await ready
  return child
}

it(`loses and doubles nothing that it said was saved, killed ${kills} times in the middle of it`, async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  await device.close()
  const said: Said = { saved: new Set(), described: new Set() }
  const random = chanceFrom('sync kills')
  for (let kill = 0; kill < kills; kill += 1) {
    for (let n = 0; n < 15; n += 1) putGroup(centre, kill * 100 + n)
    const child = await started(device.folder, centre, said)
    // Every other one in the middle of its work, however slow the machine is.
    const some = kill % 2 === 0 ? 0 : said.saved.size + 2
    await expect.poll(() => said.saved.size, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(some)
    await pause(random.below(500))
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const { saved, described } = said
  expect(saved.size).toBeGreaterThan(kills)

  const again = await openedDevice(device.folder, centre)
  expect(await again.round()).toBe('done')
  expect(await again.round()).toBe('done')
  const at = [...centre.rows().values()].flatMap(({ state }) => (state.table === registry.groups.number ? [state] : []))
  const byId = new Map(at.map((state) => [state.id, state]))
  expect(byId.size).toBe(at.length)
  expect([...saved].filter((id) => byId.get(id)?.values['name'] !== `group ${id}`)).toEqual([])
  expect([...described].filter((id) => byId.get(id)?.values['description'] !== `after ${id}`)).toEqual([])
  const here = again.database.connection.prepare<[], { id: number; name: string }>('SELECT id, name FROM groups').all()
  expect(here.map(({ id }) => id).sort()).toEqual([...byId.keys()].sort())
  const numbers = centre.pushed.map(({ site, number }) => `${site} ${number}`)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(new Set(centre.pushed.map(({ site }) => site)).size).toBe(1)
  expect(again.database.connection.pragma('integrity_check', { simple: true })).toBe('ok')
}, 1_200_000)

/** Kills the device when it has asked for so many chunks, after the centre has answered the last of them; says whether it was. */
async function killedWhileCarrying(folder: string, contents: SmallContents, chunks: number): Promise<boolean> {
  const child = fork(join(import.meta.dirname, '../support/carry-until-killed.ts'), [folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const way = contents.way()
  let carried = 0
  child.on('message', async ({ id, call, input }: { id: number; call: keyof ContentWay; input: never }) => {
    if (carried > chunks) return
    const reply = await way[call](input)
    if (call !== 'have') carried += 1
    if (child.connected) child.send({ id, reply }, () => {})
    // Somewhere between the answer and what the device does with it.
    if (carried > chunks) setImmediate(() => child.kill('SIGKILL'))
  })
  await once(child, 'exit')
  return child.signalCode === 'SIGKILL'
}

it('goes on with the contents of a file after a kill, up and down, a chunk at most behind', async () => {
  const centre = smallCentre()
  const contents = smallContents(centre)
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const bytes = noise(pieceBytes + 1_000, 9)
  const { path } = await addDocument(one, bytes)
  let lost = 0
  for (const device of [one, other]) {
    expect(await device.round()).toBe('done')
    await device.close()
    let kills = 0
    while (await killedWhileCarrying(device.folder, contents, kills % 3)) kills += 1
    expect(kills).toBeGreaterThan(2)
    lost += kills * largestChunk
  }
  const { bytesUp, bytesDown } = contents.counted
  expect(bytesUp + bytesDown).toBeLessThan(2 * bytes.length + 1_000 + lost)
  const again = await openedDevice(other.folder, centre)
  expect(contentAt(again, path)?.equals(bytes)).toBe(true)
  expect(again.one('SELECT count(*) FROM sync_content_parts')).toBe(0)
  expect(again.database.connection.pragma('integrity_check', { simple: true })).toBe('ok')
}, 300_000)

/** Somebody else's group, so that there is something to put in. */
function putGroup(centre: SmallCentre, counter: number) {
  const at = '2026-11-26T10:00:00.000Z'
  const id = 900 * 2 ** 32 + 1 + counter
  centre.put({
    table: registry.groups.number,
    id,
    values: { organization_id: organizationId, name: `group ${id}`, description: null, created_at: at, updated_at: at },
    stamp: [1_000_000 + counter, 900],
  })
}
