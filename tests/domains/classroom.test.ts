import { describe, expect, it } from 'vitest'
import type { RoomListener, RoomPlace } from '../../main/room-listener.ts'
import type { Classroom } from '../../shared/contract/classroom.ts'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import {
  choice,
  password,
  publishedAssessment,
  secondCentre,
  testCentre,
  testTrainer,
  trueFalse,
} from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const address = '127.0.0.1'

/** The network: notes where the room listens, and can be told to be gone. */
function testNetwork() {
  const places: RoomPlace[] = []
  let isGone = false
  const roomListener: RoomListener = {
    async open(place) {
      if (isGone) throw Object.assign(new Error('gone'), { code: 'EADDRNOTAVAIL' })
      places.push(place)
      return {
        port: place.port || 4711,
        addresses: [`${place.certified ? 'https' : 'http'}://${place.address}:${place.port || 4711}`],
        callers: () => [],
        close: async () => void places.splice(places.indexOf(place), 1),
      }
    },
  }
  const leave = () => {
    isGone = true
  }
  return { roomListener, places, leave }
}

async function room() {
  const clock = testClock()
  const network = testNetwork()
  const app = await testApp({ clock, roomListener: network.roomListener })
  const { admin } = await testCentre(app)
  const trainer = await testTrainer(app, admin)
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, [choice, trueFalse])
  const { id: lina } = await admin.beneficiaries.create({ name: 'Lina Learner' })
  const start = (fields = {}) =>
    trainer.classroom.start({ assessmentIds: [assessmentId], address, port: 4190, ...fields })
  return { clock, network, app, admin, trainer, assessmentId, questionIds, lina, start }
}

async function current(trainer: Client): Promise<Classroom> {
  const now = await trainer.classroom.current()
  if (!now) throw new Error('There is no classroom session.')
  return now
}

async function joined(app: TestApp, trainer: Client, deviceName = 'Phone') {
  const device = app.visitor()
  await device.classroom.join({ code: (await current(trainer)).code, deviceName })
  return device
}

const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('a classroom session', () => {
  it('is off until a trainer starts it, and off again when it ends', async () => {
    const { app, network, trainer, start } = await room()
    await using _ = app
    expect(network.places).toEqual([])
    expect(await trainer.classroom.current()).toBeNull()
    expect(await refusalKey(trainer.classroom.end())).toBe('classroom.notOpen')

    await start()
    expect(network.places).toMatchObject([{ address, port: 4190 }])
    expect(await refusalKey(start())).toBe('classroom.alreadyOpen')
    const device = await joined(app, trainer)
    expect(await device.identity.me()).toMatchObject({ kind: 'kiosk', isRoom: true })

    await trainer.classroom.end()
    await expect.poll(() => network.places).toEqual([])
    expect(await device.identity.me()).toEqual({ kind: 'nobody' })
    expect(await refusalKey(app.visitor().classroom.join({ code: '000000', deviceName: 'Late' }))).toBe(
      'classroom.notOpen',
    )
  })

  it('is refused for drafts, for assessments and groups of others, and where there is no such address', async () => {
    const { app, admin, network, start } = await room()
    await using _ = app
    const { id: draft } = await admin.assessments.create({ title: 'Draft', type: 'formative' })
    expect(await refusalKey(start({ assessmentIds: [draft] }))).toBe('assessment.notPublished')
    expect(await refusalKey(start({ assessmentIds: [draft + 1000] }))).toBe('assessment.notFound')
    expect(await refusalKey(start({ groupId: 77 }))).toBe('classroom.groupMissing')
    expect(await refusalKey(start({ address: '203.0.113.7' }))).toBe('classroom.addressMissing')
    network.leave()
    expect(await refusalKey(start())).toBe('classroom.addressMissing')
    expect(network.places).toEqual([])
  })

  it('says so where the program has no way to the network', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await publishedAssessment(admin)
    expect(await refusalKey(admin.classroom.start({ assessmentIds: [id], address }))).toBe('classroom.noListener')
  })

  it('belongs to its organization', async () => {
    const { app, start } = await room()
    await using _ = app
    const { admin: stranger } = await secondCentre(app)
    await start()
    expect(await stranger.classroom.current()).toBeNull()
    expect(await stranger.classroom.seats()).toEqual([])
    expect(await refusalKey(stranger.classroom.end())).toBe('classroom.notOpen')
    expect(await refusalKey(stranger.classroom.turnAway({ sessionId: 1 }))).toBe('classroom.seatMissing')
  })

  it('is never served by what still listens for the one before', async () => {
    const { app, network, trainer, start } = await room()
    await using _ = app
    await start()
    await trainer.classroom.end()
    await start({ port: 4191, security: 'encrypted' })
    expect(network.places).toMatchObject([{ port: 4191, certified: { certificate: expect.any(String) } }])
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(network.places).toMatchObject([{ port: 4191 }])
    expect(await current(trainer)).toMatchObject({ state: 'listening', security: 'encrypted' })
  })

  it('ends by itself after four hours', async () => {
    const { app, clock, trainer, start } = await room()
    await using _ = app
    await start()
    const device = await joined(app, trainer)
    clock.pass(4 * 3_600_000)
    expect(await device.identity.me()).toEqual({ kind: 'nobody' })
    await app.restart()
    await trainer.identity.unlock({ password })
    expect(await trainer.classroom.current()).toBeNull()
  })

  it('listens at the same place again after a restart, and every seat goes on', async () => {
    const { app, network, trainer, lina, assessmentId, questionIds, start } = await room()
    await using _ = app
    await start({ port: 0 })
    const device = await joined(app, trainer)
    await device.delivery.sitDown({ beneficiaryId: lina })
    const { attemptId } = await device.delivery.begin({ assessmentId })

    await app.restart()
    expect(network.places).toMatchObject([{ address, port: 4711 }])
    expect(await current(trainer)).toMatchObject({ state: 'listening', deviceCount: 1 })
    const saved = await device.delivery.saveAnswer({
      attemptId,
      questionId: questionIds[0] ?? 0,
      answer: 'b',
      edit: 1,
    })
    expect(saved).toMatchObject({ isKept: true })
  })
})

describe('the code of the room', () => {
  it('lets in a whole class, and is not seen by the devices', async () => {
    const { app, trainer, start } = await room()
    await using _ = app
    await start()
    const { code } = await current(trainer)
    const devices = Array.from({ length: 60 }, () => app.visitor())
    await Promise.all(devices.map((device, number) => device.classroom.join({ code, deviceName: `Phone ${number}` })))
    expect(await current(trainer)).toMatchObject({ deviceCount: 60 })
    const [first] = devices
    expect(first && (await refusalKey(first.classroom.current()))).toBe('door.forbidden')
  })

  it('is new every two minutes and good for one more round', async () => {
    const { app, clock, trainer, start } = await room()
    await using _ = app
    await start()
    const { code } = await current(trainer)
    clock.pass(120_000)
    expect((await current(trainer)).code).not.toBe(code)
    await app.visitor().classroom.join({ code, deviceName: 'Slow' })
    clock.pass(120_000)
    await current(trainer)
    expect(await refusalKey(app.visitor().classroom.join({ code, deviceName: 'Slower' }))).toBe('classroom.wrongCode')
  })

  it('can be tried five times a minute from one device', async () => {
    const { app, clock, trainer, start } = await room()
    await using _ = app
    await start()
    const { code } = await current(trainer)
    const tries = () => refusalKey(app.visitor().classroom.join({ code: wrongOf(code), deviceName: 'Guess' }))
    for (let count = 0; count < 5; count += 1) expect(await tries()).toBe('classroom.wrongCode')
    expect(await tries()).toBe('classroom.tooManyTries')
    expect(await refusalKey(app.visitor().classroom.join({ code, deviceName: 'Right' }))).toBe('classroom.tooManyTries')
    clock.pass(60_000)
    await app.visitor().classroom.join({ code, deviceName: 'Right' })
  })

  it('is taken back after thirty wrong tries in all, and the trainer is told', async () => {
    const { app, clock, trainer, start } = await room()
    await using _ = app
    await start()
    const { code } = await current(trainer)
    for (let minute = 0; minute < 6; minute += 1) {
      for (let count = 0; count < 5; count += 1) {
        const shown = await current(trainer)
        await refusalKey(app.visitor().classroom.join({ code: wrongOf(wrongOf(shown.code)), deviceName: 'Guess' }))
      }
      if (minute < 5) clock.pass(60_000)
    }
    expect(await current(trainer)).toMatchObject({ alarms: 1 })
    expect((await current(trainer)).code).not.toBe(code)
  })
})

describe('a device of the room', () => {
  it('shows first names with an initial, and no more of a last name than tells two people apart', async () => {
    const { app, admin, trainer, start } = await room()
    await using _ = app
    for (const name of [
      'Lina Lavigne',
      'Omar Haddad',
      'Sara Said',
      'Sara B. Said',
      'Mononym',
      'Noor Ali',
      'Noor Alina',
    ]) {
      await admin.beneficiaries.create({ name })
    }
    await start()
    const device = await joined(app, trainer)
    const { people } = await device.delivery.roster({})
    expect(people.map(({ name }) => name)).toEqual([
      'Lina La.',
      'Lina Le.',
      'Mononym',
      'Noor Ali',
      'Noor Alin.',
      'Omar H.',
      'Sara S. 1',
      'Sara S. 2',
    ])
  })

  it('is shown how to come in on a screen that was locked, and on no other', async () => {
    const { app, admin, trainer, start } = await room()
    await using _ = app
    await start()
    const { code, addresses } = (await trainer.classroom.current()) ?? {}
    await trainer.identity.lock()
    expect(await trainer.classroom.entrance()).toMatchObject({ code, addresses })
    expect(await refusalKey(trainer.classroom.current())).toBe('door.locked')
    await admin.identity.lock()
    expect(await admin.classroom.entrance()).toBeNull()
  })

  it('shows whole names where nobody can read along', async () => {
    const { app, trainer, lina, start } = await room()
    await using _ = app
    await start({ security: 'encrypted' })
    const device = await joined(app, trainer)
    expect((await device.delivery.roster({})).people).toMatchObject([{ name: 'Lina Learner' }])
    await device.delivery.sitDown({ beneficiaryId: lina })
    expect(await device.identity.me()).toMatchObject({ learner: { name: 'Lina Learner' } })
  })

  it('sees nothing that its learner has done elsewhere or before', async () => {
    const { app, admin, clock, trainer, lina, assessmentId, start } = await room()
    await using _ = app
    const { id: other } = await publishedAssessment(admin, [choice], { title: 'Other' })
    const kiosk = await testTrainer(app, admin, 'Kim Kiosk')
    await kiosk.identity.openKiosk()
    await kiosk.delivery.sitDown({ beneficiaryId: lina })
    const { attemptId: before } = await kiosk.delivery.begin({ assessmentId })
    const paper = await kiosk.delivery.attempt({ attemptId: before })
    const [question] = paper.questions
    await kiosk.delivery.saveAnswer({ attemptId: before, questionId: question?.id ?? 0, answer: 'b', edit: 1 })
    await kiosk.delivery.handIn({ attemptId: before })
    const { attemptId: elsewhere } = await kiosk.delivery.begin({ assessmentId: other })
    const theOther = await kiosk.delivery.attempt({ attemptId: elsewhere })
    await kiosk.delivery.standUp()
    clock.pass(1_000)

    await start()
    const device = await joined(app, trainer)
    await device.delivery.sitDown({ beneficiaryId: lina })
    const [item, ...more] = await device.delivery.menu()
    expect(more).toEqual([])
    expect(item).toMatchObject({ assessmentId, ended: [], attemptsUsed: 1 })
    const questionId = theOther.questions[0]?.id ?? 0
    const hidden = [
      device.delivery.outcome({ attemptId: before }),
      device.delivery.attempt({ attemptId: before }),
      device.delivery.attempt({ attemptId: elsewhere }),
      device.delivery.saveAnswer({ attemptId: elsewhere, questionId, answer: 'a', edit: 9 }),
      device.delivery.stay({ attemptId: elsewhere, questionId }),
      device.delivery.handIn({ attemptId: elsewhere }),
    ]
    for (const call of hidden) expect(await refusalKey(call)).toBe('attempt.notFound')
  })

  it('offers only the assessments of the session', async () => {
    const { app, admin, trainer, lina, assessmentId, start } = await room()
    await using _ = app
    const { id: other } = await publishedAssessment(admin, [choice], { title: 'Other' })
    await start()
    const device = await joined(app, trainer)
    await device.delivery.sitDown({ beneficiaryId: lina })
    expect((await device.delivery.menu()).map((item) => item.assessmentId)).toEqual([assessmentId])
    expect(await refusalKey(device.delivery.begin({ assessmentId: other }))).toBe('assessment.notFound')
  })

  it('is signed out by the trainer and can come in again', async () => {
    const { app, trainer, start } = await room()
    await using _ = app
    await start()
    const device = await joined(app, trainer)
    const [seat] = await trainer.classroom.seats()
    await trainer.classroom.turnAway({ sessionId: seat?.sessionId ?? 0 })
    expect(await device.identity.me()).toEqual({ kind: 'nobody' })
    expect(await trainer.classroom.seats()).toEqual([])
    await device.classroom.join({ code: (await current(trainer)).code, deviceName: 'Again' })
    expect(await trainer.classroom.seats()).toHaveLength(1)
  })
})

describe('the live view', () => {
  it('tells of each seat where it is, what is saved, and whether it is still there', async () => {
    const { app, clock, trainer, lina, assessmentId, questionIds, start } = await room()
    await using _ = app
    await start()
    const device = await joined(app, trainer, 'Blue tablet')
    expect(await trainer.classroom.seats()).toMatchObject([
      { deviceName: 'Blue tablet', learner: null, attempt: null, state: 'waiting' },
    ])

    await device.delivery.sitDown({ beneficiaryId: lina })
    const { attemptId } = await device.delivery.begin({ assessmentId })
    const [one = 0, two = 0] = questionIds
    await device.delivery.saveAnswer({ attemptId, questionId: one, answer: 'b', edit: 1 })
    await device.delivery.stay({ attemptId, questionId: two })
    clock.pass(7_000)
    expect(await trainer.classroom.seats()).toMatchObject([
      {
        learner: { id: lina, name: 'Lina Learner' },
        attempt: { id: attemptId, title: 'Numbers', questionNumber: 2, answered: 1, total: 2 },
        state: 'present',
        savedAgoMs: 7_000,
      },
    ])

    clock.pass(20_000)
    expect(await trainer.classroom.seats()).toMatchObject([{ state: 'lostContact' }])
    clock.pass(180_000)
    await device.delivery.stay({ attemptId, questionId: two })
    expect(await trainer.classroom.seats()).toMatchObject([{ state: 'idle' }])
    await device.delivery.handIn({ attemptId })
    expect(await trainer.classroom.seats()).toMatchObject([{ state: 'handedIn' }])
  })
})

describe('the network check', () => {
  it('names an address that is gone', async () => {
    const { app, trainer } = await room()
    await using _ = app
    expect(await trainer.classroom.checkNetwork({ address: '203.0.113.7', port: 4190 })).toMatchObject({
      findings: ['addressMissing'],
    })
  })
})

it('shows the devices only the members of the group that the room was opened for', async () => {
  const { app, admin, trainer, lina, start } = await room()
  await using _ = app
  const { id: omar } = await admin.beneficiaries.create({ name: 'Omar Haddad' })
  const { id: groupId } = await admin.groups.create({ name: 'Morning' })
  await admin.groups.addMembers({ id: groupId, beneficiaryIds: [lina] })
  await start({ groupId })
  const device = await joined(app, trainer)
  expect(await device.delivery.roster({})).toMatchObject({ people: [{ beneficiaryId: lina, name: 'Lina L.' }] })
  expect(await refusalKey(device.delivery.sitDown({ beneficiaryId: omar }))).toBe('beneficiary.notFound')
  await device.delivery.sitDown({ beneficiaryId: lina })
})
