import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registry } from '../../../main/database/registry.ts'
import { GetReply, HaveReply, PutReply } from '../../../main/sync/contents/wire.ts'
import { testApp } from '../../support/app.ts'
import { choice, password, publishedAssessment, testCentre as testOffice } from '../../support/centre.ts'
import { png } from '../../support/pictures.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { carry } from '../device/contents.ts'
import type { Device } from '../device/device.ts'
import { type TestCentre, type TestDevice, testCentre } from './centre.ts'
import { deleted } from './edits.ts'
import { realDevice } from './real-device.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function ask(device: TestDevice, name: string, request: object): Promise<unknown> {
  const { rows } = await device.connection.query<{ reply: unknown }>(`SELECT sync.${name}($1::jsonb) AS reply`, [
    JSON.stringify(request),
  ])
  return rows[0]?.reply
}
const have = async (device: TestDevice, ...paths: string[]) =>
  HaveReply.parse(await ask(device, 'have_contents', { paths })).contents
const get = async (device: TestDevice, path: string, digest = path.split(':')[1]) =>
  GetReply.parse(await ask(device, 'get_content', { path, digest, from: 0, bytes: 200_000 }))
async function put(device: TestDevice, path: string, bytes: Buffer, over: Record<string, unknown> = {}) {
  const [, digest] = path.split(':')
  const request = { path, digest, size: bytes.length, from: 0, base64: bytes.toString('base64'), ...over }
  return PutReply.parse(await ask(device, 'put_content', request))
}

/** A document that says where its content lies, as a device writes it. */
function documentRow(device: TestDevice, counter: number, path: string, values: Record<string, unknown> = {}) {
  return device.row('documents', counter, { file_path: path, metadata: null, version_of: null, ...values })
}

async function withContent(device: TestDevice, counter: number, values: Record<string, unknown> = {}) {
  const bytes = randomBytes(1_000)
  const path = `content:${sha256(bytes)}`
  await device.push([documentRow(device, counter, path, values)])
  return { bytes, path }
}

/** A learner with an account and a file. */
const person = (device: TestDevice, counter: number, trainer: number | null = null) => [
  device.row('users', counter, { email: `p${device.id(counter)}@example.org`, role: 'student' }),
  device.row('beneficiaries', counter, { user_id: device.id(counter), trainer_id: trainer }),
]

/** Rows and contents, once; then nobody has the database open. */
async function agree(device: Device) {
  expect(await device.round()).toBe('done')
  const { contents } = device.transport
  if (contents) expect(await carry(device, contents)).toBe('done')
  await device.close()
}

const keptBy = async (organization: number) => {
  const { rows } = await centre.operator.query<{ digest: string }>(
    'SELECT digest FROM sync.content WHERE organization_id = $1 UNION ALL SELECT digest FROM sync.content_part WHERE organization_id = $1',
    [organization],
  )
  return rows.map(({ digest }) => digest)
}

describe('contents at the centre', () => {
  it('are taken only under a document of the organization, and only when they are what their name says', async () => {
    const organization = await centre.organization()
    const device = await centre.device(organization)
    const unnamed = randomBytes(100)
    expect(await put(device, `content:${sha256(unnamed)}`, unnamed)).toMatchObject({ status: 'missing' })
    const { bytes, path } = await withContent(device, 1)
    const wrong = Buffer.from(bytes)
    wrong.writeUInt8(wrong.readUInt8(500) ^ 1, 500)
    expect(await put(device, path, wrong)).toEqual({ status: 'wrong', has: 0, isWhole: false })
    expect(await have(device, path)).toMatchObject([{ state: 'waiting' }])
    expect(await put(device, path, bytes, { size: 5_000_000 })).toMatchObject({ status: 'tooLarge' })
    expect(await put(device, path, bytes, { from: 1 })).toMatchObject({ status: 'ok', has: 0 })
    expect(await put(device, path, bytes)).toEqual({ status: 'ok', has: 1_000, isWhole: true })
    expect(await have(device, path)).toEqual([{ state: 'whole', lacks: [] }])
    expect(Buffer.from((await get(device, path)).base64, 'base64')).toEqual(bytes)
    const bad = [{}, { paths: ['x'] }, { paths: null }, { paths: Array(101).fill(path) }]
    for (const request of bad) await expect(ask(device, 'have_contents', request)).rejects.toThrow('malformed')
    await expect(put(device, path, bytes, { base64: '!' })).rejects.toThrow('malformed')
    await expect(ask(device, 'get_content', { path, digest: '', from: 0, bytes: 1 })).rejects.toThrow('malformed')
  })

  it('of pictures of questions come to every trainer’s laptop and to kiosks, and no other document does', async () => {
    const organization = await centre.organization()
    const office = await centre.device(organization)
    const trainers = [1, 2].map((one) => office.row('users', one, { email: `t${one}@example.org`, role: 'trainer' }))
    await office.push([...trainers, ...person(office, 5, office.id(2))])
    const of = { uploaded_by: office.id(2), is_public: 0, beneficiary_id: null, category: 'question' }
    const picture = await withContent(office, 1, of)
    const handout = await withContent(office, 2, { ...of, category: 'other' })
    const about = await withContent(office, 3, { ...of, beneficiary_id: office.id(5) })
    for (const { path, bytes } of [picture, handout, about]) await put(office, path, bytes)
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: office.id(1) })
    for (const device of [laptop, await centre.device(organization, { scope: 'kiosk' })]) {
      const come = (await device.pull()).rows.filter(({ table }) => table === registry.documents.number)
      expect(come.map(({ id }) => id)).toEqual([office.id(1)])
      expect(Buffer.from((await get(device, picture.path)).base64, 'base64')).toEqual(picture.bytes)
      expect(await have(device, handout.path, about.path)).toMatchObject([{ state: 'missing' }, { state: 'missing' }])
    }
  })

  it('of a picture of a question are shown to a learner at a kiosk that has joined and lost its line', async () => {
    const organizationId = await centre.organization()
    await using office = await testApp()
    const { admin } = await testOffice(office)
    const email = 'tom@kiosk.example'
    await admin.identity.createUser({ name: 'Tom Trainer', email, role: 'trainer', password })
    const trainer = office.visitor()
    await trainer.identity.signIn({ email, password })
    await admin.beneficiaries.create({ name: 'Lina Learner' })
    const { image } = await trainer.documents.addPicture({ base64: png.toString('base64') })
    await publishedAssessment(trainer, [{ ...choice, images: [{ image, alt: 'A dot' }] }])
    await office.pause()
    await agree(await realDevice({ server, centre }, organizationId, null, { folder: office.dataDir }))

    await using room = await testApp()
    await room.pause()
    const device = { scope: 'kiosk', folder: room.dataDir } as const
    await agree(await realDevice({ server, centre }, organizationId, null, device))
    await room.resume()
    const kiosk = room.visitor()
    await kiosk.identity.signIn({ email, password })
    await kiosk.identity.openKiosk()
    const [learner] = (await kiosk.delivery.roster({ search: '' })).people
    await kiosk.delivery.sitDown({ beneficiaryId: learner?.beneficiaryId ?? 0 })
    const [assessment] = await kiosk.delivery.menu()
    const { attemptId } = await kiosk.delivery.begin({ assessmentId: assessment?.assessmentId ?? 0 })
    const shown = await kiosk.delivery.picture({ attemptId, image })
    expect(Buffer.from(shown.base64, 'base64')).toEqual(png)
  })

  it('are one organization’s alone: another one that names the same bytes neither gets nor finds them', async () => {
    const [one, other] = await Promise.all([centre.organization(), centre.organization()])
    const own = await centre.device(one)
    const stranger = await centre.device(other)
    const { bytes, path } = await withContent(own, 1)
    await put(own, path, bytes)
    expect(await have(stranger, path)).toEqual([{ state: 'missing', lacks: [] }])
    expect(await get(stranger, path)).toEqual({ status: 'missing', size: 0, base64: '' })
    await stranger.push([documentRow(stranger, 1, path)])
    expect(await have(stranger, path)).toMatchObject([{ state: 'waiting' }])
    expect(await get(stranger, path)).toMatchObject({ status: 'waiting', base64: '' })
    expect(await put(stranger, path, bytes.subarray(0, 10), { size: 1_000 })).toMatchObject({ has: 10, isWhole: false })
  })

  it('come in from two devices at once without either spoiling the other’s', async () => {
    const organization = await centre.organization()
    const [good, bad] = [await centre.device(organization), await centre.device(organization)]
    const { bytes, path } = await withContent(good, 1)
    await put(good, path, bytes.subarray(0, 400), { size: 1_000 })
    expect(await put(bad, path, randomBytes(1_000))).toMatchObject({ status: 'wrong' })
    const rest = { size: 1_000, from: 400 }
    expect(await put(good, path, bytes.subarray(400), rest)).toMatchObject({ isWhole: true })
    expect(await put(bad, path, randomBytes(5), { size: 1_000 })).toEqual({ status: 'ok', has: 1_000, isWhole: true })
    expect(Buffer.from((await get(bad, path)).base64, 'base64')).toEqual(bytes)
  })

  it('of several pieces are a list first, and pieces that no list names are not taken', async () => {
    const organization = await centre.organization()
    const device = await centre.device(organization)
    const pieces = [randomBytes(300), randomBytes(200)]
    const digests = pieces.map(sha256)
    const list = Buffer.from([...digests, digests[0]].join('\n'))
    const path = `pieces:${sha256(list)}`
    const noList = Buffer.from('anything')
    await device.push([documentRow(device, 1, path), documentRow(device, 2, `pieces:${sha256(noList)}`)])
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = pieces
    expect(await put(device, path, first, { digest: digests[0] })).toMatchObject({ status: 'missing' })
    expect(await have(device, path)).toEqual([{ state: 'waiting', lacks: [sha256(list)] }])
    expect(await put(device, path, list)).toMatchObject({ isWhole: true })
    expect(await have(device, path)).toEqual([{ state: 'waiting', lacks: digests }])
    expect(await put(device, path, first, { digest: digests[0] })).toMatchObject({ isWhole: true })
    expect(await have(device, path)).toEqual([{ state: 'waiting', lacks: [digests[1]] }])
    expect(await put(device, path, second, { digest: digests[1] })).toMatchObject({ isWhole: true })
    expect(await have(device, path)).toEqual([{ state: 'whole', lacks: [] }])
    expect(await put(device, `pieces:${sha256(noList)}`, noList)).toMatchObject({ status: 'wrong' })
  })

  it('reach a trainer’s laptop only of their own people, and never a kiosk or a device that was shut out', async () => {
    const organization = await centre.organization()
    const office = await centre.device(organization)
    const trainer = office.id(50)
    await office.push([
      office.row('users', 50, { email: `t${trainer}@example.org`, role: 'trainer' }),
      ...person(office, 51, trainer),
      ...person(office, 52),
    ])
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: trainer })
    const kiosk = await centre.device(organization, { scope: 'kiosk' })
    const own = await withContent(office, 1, { beneficiary_id: office.id(51) })
    const others = await withContent(office, 2, { beneficiary_id: office.id(52) })
    const shared = await withContent(office, 3, { is_public: 1 })
    for (const { path, bytes } of [own, others, shared]) await put(office, path, bytes)
    const paths = [own.path, others.path, shared.path]
    expect((await have(laptop, ...paths)).map(({ state }) => state)).toEqual(['whole', 'missing', 'whole'])
    expect(await get(laptop, others.path)).toMatchObject({ status: 'missing', base64: '' })
    expect(await put(laptop, others.path, others.bytes)).toMatchObject({ status: 'missing' })
    expect(await get(laptop, own.path)).toMatchObject({ status: 'ok', size: 1_000 })
    // A piece of somebody else's under a name that is within reach.
    expect(await get(laptop, own.path, others.path.split(':')[1])).toMatchObject({ status: 'missing' })
    expect((await have(kiosk, ...paths)).map(({ state }) => state)).toEqual(['missing', 'missing', 'missing'])
    await centre.operator.query('SELECT sync.revoke_site($1)', [laptop.site])
    await expect(get(laptop, own.path)).rejects.toThrow('revoked')
    await expect(have(laptop, own.path)).rejects.toThrow('revoked')
    await expect(put(laptop, own.path, own.bytes)).rejects.toThrow('revoked')
  })

  it('are refused when the organization has no room, and taken when it has', async () => {
    const organization = await centre.organization()
    const device = await centre.device(organization)
    await centre.operator.query('SELECT sync.set_room($1, 1500)', [organization])
    const [first, second] = [await withContent(device, 1), await withContent(device, 2)]
    expect(await put(device, first.path, first.bytes)).toMatchObject({ isWhole: true })
    expect(await put(device, second.path, second.bytes)).toEqual({ status: 'noRoom', has: 0, isWhole: false })
    await centre.operator.query('SELECT sync.set_room($1, 2000)', [organization])
    expect(await put(device, second.path, second.bytes)).toMatchObject({ isWhole: true })
  })

  it('go at once with the person whom they are about, and no others do', async () => {
    const organization = await centre.organization()
    const device = await centre.device(organization)
    await device.push([...person(device, 1), ...person(device, 2)])
    const erased = await withContent(device, 1, { beneficiary_id: device.id(1) })
    const begun = await withContent(device, 2, { beneficiary_id: device.id(1) })
    const other = await withContent(device, 3, { beneficiary_id: device.id(2) })
    const both = await withContent(device, 4, { beneficiary_id: device.id(1) })
    await device.push([documentRow(device, 5, both.path, { beneficiary_id: device.id(2) })])
    for (const { path, bytes } of [erased, other, both]) await put(device, path, bytes)
    await put(device, begun.path, begun.bytes.subarray(0, 10), { size: 1_000 })
    const reply = await device.push([device.row('erasure_orders', 1, { person_id: device.id(1), erased_by: null })])
    expect(reply).toMatchObject({ status: 'ok', refused: [] })
    expect((await keptBy(organization)).sort()).toEqual([other.path, both.path].map((path) => path.slice(8)).sort())
    expect(await have(device, erased.path)).toMatchObject([{ state: 'missing' }])
  })

  it('stay while a deleted document may come back, and go when nothing names them any more', async () => {
    const organization = await centre.organization()
    const device = await centre.device(organization)
    const { bytes, path } = await withContent(device, 1)
    await put(device, path, bytes)
    await centre.operator.query(`UPDATE sync.content SET received_at = now() - interval '100 days'`)
    const collect = (days: number) =>
      centre.operator.query('SELECT sync.collect_deletions($1, $2, 400)', [organization, days])
    await collect(0)
    const row = documentRow(device, 1, path)
    await device.push([deleted(device, row)])
    await collect(90)
    expect(await keptBy(organization)).toEqual([path.slice(8)])
    expect(await get(device, path)).toMatchObject({ status: 'missing' })
    await collect(0)
    expect(await keptBy(organization)).toEqual([])
  })
})
