import { join } from 'node:path'
import { createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { quickPasswords, visitorOf } from '../support/app.ts'
import { password } from '../support/centre.ts'

/**
 * A program of its own: sits down at a kiosk and answers without end. Prints `saved <question> <edit>` when the door has
 * said that the answer is saved, never before.
 */
const [dataDir = '', email = '', firstEdit = '1'] = process.argv.slice(2)
const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), passwords: quickPasswords })
const learner = visitorOf(app)

await learner.identity.signIn({ email, password })
await learner.identity.openKiosk()
const { people } = await learner.delivery.roster({})
await learner.delivery.sitDown({ beneficiaryId: people[0]?.beneficiaryId ?? 0 })
const [item] = await learner.delivery.menu()
const { attemptId } = await learner.delivery.begin({ assessmentId: item?.assessmentId ?? 0 })
const { questions } = await learner.delivery.attempt({ attemptId })

for (let edit = Number(firstEdit); ; edit++) {
  const questionId = questions[edit % questions.length]?.id ?? 0
  await learner.delivery.saveAnswer({ attemptId, questionId, answer: `answer ${edit}`, edit })
  process.stdout.write(`saved ${questionId} ${edit}\n`)
}
