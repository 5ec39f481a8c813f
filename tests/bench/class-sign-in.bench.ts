import { bcryptPasswords } from '../../main/domains/identity/passwords.ts'
import { visitorOf } from '../support/app.ts'
import { testHost } from '../support/host.ts'
import { report } from './measure.ts'

const classSize = 60
const aimMs = 10_000

await using host = await testHost()
const admin = visitorOf(host.app)
const [email, password] = ['ada@example.org', 'correct horse']
await admin.setup.createCentre({ organizationName: 'Centre', adminName: 'Ada', email, password })
await admin.kiosk.setSettings({ signIn: 'pin', idleSeconds: 180 })

const beneficiaryIds: number[] = []
for (let i = 0; i < classSize; i++) beneficiaryIds.push((await admin.beneficiaries.create({ name: `Learner ${i}` })).id)
const cards = await admin.kiosk.issue({ beneficiaryIds, kinds: ['pin'] })
const kiosks = await Promise.all(
  cards.map(async (card) => {
    const kiosk = visitorOf(host.app)
    await kiosk.identity.signIn({ email, password })
    await kiosk.identity.openKiosk()
    return { kiosk, card }
  }),
)

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return Math.round(performance.now() - begin)
}

/** The floor: nothing but the comparison of as many PINs with their hashes, all at once. */
const passwords = bcryptPasswords()
const pinHash = await passwords.hashShort('2468')
const floorMs = await timeOf(() => Promise.all(kiosks.map(() => passwords.match('2468', pinHash))))
const totalMs = await timeOf(() =>
  Promise.all(
    kiosks.map(({ kiosk, card }) =>
      kiosk.delivery.sitDown({ beneficiaryId: card.beneficiaryId, secret: card.pin ?? '' }),
    ),
  ),
)

const data = `${classSize} learners with a PIN at as many kiosks, all at once, through the door in process`
report('class sign-in: floor, the hashes alone', { totalMs: floorMs, data: `${classSize} PINs, bcrypt` })
report('class sign-in: all sit down', {
  totalMs,
  timesFloor: Math.round((totalMs / floorMs) * 100) / 100,
  aimMs,
  isWithinAim: totalMs <= aimMs,
  data,
})
if (totalMs > aimMs) process.exitCode = 1
