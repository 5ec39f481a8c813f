import { beforeAll, expect, it, onTestFailed } from 'vitest'
import { clientAt } from '../support/host.ts'
import { clientOf, trainer } from './practice.ts'
import { startProgram } from './program.ts'
import { type Look, newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage(startProgram)
const learner = { email: 'learner@practice.example', password: 'a long password' }

/** Calls the door as the page would. */
async function call<Answer>({ page }: Screen, procedure: string, input?: unknown): Promise<Answer> {
  const { status, json } = await page.evaluate(
    async ([path, json]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`/rpc/${path}`, { method: 'POST', headers, body: JSON.stringify({ json }) })
      return { status: response.status, json: (await response.json()).json }
    },
    [procedure, input] as const,
  )
  expect(status).toBe(200)
  return json
}

async function screenOf(who: typeof trainer, address: string, look: Look = {}) {
  const screen = await openScreen(await newProfile(stage.browser, look))
  onTestFailed(() => screen.explain(`messages-failed-${who.email.split('@')[0]}`))
  await clientOf(screen.page.context(), stage.program.url).identity.signIn(who)
  await go(screen, address)
  return screen
}

async function go(screen: Screen, address: string) {
  // With nothing of the page that was there.
  await screen.page.goto('about:blank')
  await screen.page.goto(`${stage.program.url}/#${address}`)
  await screen.page.locator('h1').first().waitFor()
  await screen.settled()
}

async function sendTo(screen: Screen, name: string, subject: string, content: string) {
  const { people } = await call<{ people: { id: number }[] }>(screen, 'messages/people', { search: name })
  const draft = { name: `new-${subject}`, edit: 1 }
  const recipients = { people: [people[0]?.id] }
  await call(screen, 'messages/saveDraft', { ...draft, subject, content, recipients })
  await call(screen, 'messages/send', draft)
}

async function readEverything(screen: Screen) {
  const { rows } = await call<{ rows: { thread: string }[] }>(screen, 'messages/threads', {})
  for (const { thread } of rows) await call(screen, 'messages/markRead', { thread })
  await call(screen, 'notifications/markAllRead')
}

const text = ({ page }: Screen) => page.getByRole('textbox', { name: /^(Message|Your answer)$/ })

async function choose({ page }: Screen, name: string) {
  await page.getByRole('combobox', { name: 'To' }).click()
  await page.keyboard.type(name)
  await page.getByRole('option', { name }).first().click()
  await page.keyboard.press('Escape')
}

/** A practice centre in which one learner signs in on their own. */
beforeAll(async () => {
  const client = clientAt(stage.program.url)
  await client.setup.openPractice()
  const id = (await client.beneficiaries.list({})).rows[0]?.id ?? 0
  const person = await client.beneficiaries.get({ id })
  await client.beneficiaries.update({ ...person, name: 'Lina Learner', email: learner.email })
  await client.identity.setLearnerPassword({ beneficiaryId: id, password: learner.password })
})

it('brings a draft back after the program was killed in the middle of it, and sends it once', async () => {
  const screen = await screenOf(trainer, '/messages')
  const { page } = screen
  await page.locator('h1').focus()
  await page.keyboard.press('c')
  await choose(screen, 'Lina Learner')
  await page.getByLabel('Subject').fill('Kept')
  await text(screen).fill('We begin at nine.')
  await page
    .getByText(/Saved \d/)
    .first()
    .waitFor()
  await stage.program.kill()
  await text(screen).fill('We begin at nine. Bring a pen.')
  await page.getByText('Not saved yet: ').waitFor()
  stage.program = await startProgram(stage.dataDir, stage.program.port)
  await page
    .getByText(/Saved \d/)
    .first()
    .waitFor({ timeout: 30_000 })
  expect(await page.getByText('Not saved yet: ').count()).toBe(0)

  await stage.program.kill()
  stage.program = await startProgram(stage.dataDir, stage.program.port)
  await page.reload()
  await page.getByText('Lina Learner').first().waitFor()
  expect(await text(screen).inputValue()).toBe('We begin at nine. Bring a pen.')
  expect(await page.getByLabel('Subject').inputValue()).toBe('Kept')

  await text(screen).press('Control+Enter')
  await page.getByText('The message is sent.').waitFor()
  await page.getByText('Not read yet').waitFor()
  const { rows } = await call<{ rows: { subject: string }[] }>(screen, 'messages/threads', {})
  expect(rows.filter(({ subject }) => subject === 'Kept')).toMatchObject([{ messages: 1 }])
  const drafts = await call<{ subject: string }[]>(screen, 'messages/drafts')
  expect(drafts.filter(({ subject }) => subject === 'Kept')).toEqual([])
  expect(screen.troubles).toEqual([])
  await page.context().close()
}, 180_000)

it('tells the learner on a phone, who reads and answers, and tells the writer that it was read', async () => {
  const mine = await screenOf(trainer, '/messages')
  const theirs = await screenOf(learner, '/account', { width: 390, height: 844 })
  const { page } = theirs
  for (const screen of [mine, theirs]) await readEverything(screen)
  await sendTo(mine, 'Lina', 'Tomorrow', 'We begin at nine.')
  await go(theirs, '/learn')
  await page.getByRole('link', { name: /Messages.*1 unread/ }).waitFor()
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click()
  await page.getByRole('link', { name: /Amina Haddad.* wrote to you: .*Tomorrow/ }).click()
  await page.getByRole('article').getByText('We begin at nine.').waitFor()
  await text(theirs).fill('I will be there.')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('The message is sent.').waitFor()
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()

  // The other screen follows by itself.
  await mine.page.getByRole('link', { name: /Messages.*1 unread/ }).waitFor({ timeout: 30_000 })
  await mine.page.getByRole('link', { name: /Lina Learner.*Tomorrow/ }).click()
  await mine.page.getByRole('article').getByText('I will be there.').waitFor()
  await mine.page.getByText(/^Read \d/).waitFor()
  await mine.page.getByRole('link', { name: 'Messages', exact: true }).waitFor()
  expect([...mine.troubles, ...theirs.troubles]).toEqual([])
  await page.context().close()
  await mine.page.context().close()
}, 120_000)

it('is used by the keyboard: next, the one before, answer, and nothing while somebody types', async () => {
  const screen = await screenOf(trainer, '/messages')
  const { page } = screen
  for (const subject of ['Second', 'Third']) await sendTo(screen, 'Lina', subject, 'Words')
  await go(screen, '/messages')
  const title = (name: string) => page.getByRole('heading', { level: 2, name })
  await page.locator('h1').focus()
  await page.keyboard.press('j')
  await title('Third').waitFor()
  await page.keyboard.press('j')
  await title('Second').waitFor()
  await page.keyboard.press('k')
  await title('Third').waitFor()
  await text(screen).waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type('jkcn')
  expect(await text(screen).inputValue()).toBe('jkcn')
  await page
    .getByText(/Saved \d/)
    .first()
    .waitFor()
  await page.getByRole('link', { name: /Second/ }).click()
  await title('Second').waitFor()
  await page.getByRole('link', { name: /Third.*Draft/ }).click()
  await expect.poll(() => text(screen).inputValue()).toBe('jkcn')
  await page.getByRole('button', { name: 'Throw away' }).click()
  await page.getByText('The draft is thrown away.').waitFor()

  await page.getByRole('button', { name: 'Delete for me' }).click()
  await page.getByText('Choose a message to read it').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: /Third/ }).waitFor()
  await page.getByRole('searchbox').fill('zzz')
  await page.getByText('No message has these words').waitFor()
  await page.getByRole('button', { name: 'Show all messages' }).click()
  await page.getByRole('link', { name: /Third/ }).waitFor()
  expect(screen.troubles).toEqual([])
  await page.context().close()
}, 120_000)

it('lets the system say that there is news while the window is hidden, and nothing about whom', async () => {
  const profile = await newProfile(stage.browser)
  await profile.grantPermissions(['notifications'], { origin: stage.program.url })
  await profile.addInitScript(() => {
    const shown: string[] = []
    Object.assign(window, { shown })
    const Told = Object.assign(
      class {
        constructor(title: string, { body = '' }: NotificationOptions = {}) {
          shown.push(`${title}: ${body}`)
        }
      },
      { permission: 'granted' },
    )
    Object.defineProperty(window, 'Notification', { value: Told })
    Object.defineProperty(document, 'hidden', { get: () => true })
  })
  const hidden = await openScreen(profile)
  await hidden.page.goto(stage.program.url)
  await call(hidden, 'identity/signIn', learner)
  await go(hidden, '/')
  await go(hidden, '/learn')
  const shown = () => hidden.page.evaluate(() => (window as unknown as { shown: string[] }).shown)
  const mine = await screenOf(trainer, '/messages')
  await readEverything(hidden)
  await go(hidden, '/learn')
  await sendTo(mine, 'Lina', 'Secret', 'Words')
  await expect.poll(shown, { timeout: 40_000 }).toEqual(['BDC: You have a new message.'])

  const all = { off: [], isNative: true, quiet: { from: '00:00', until: '23:59' } }
  await call(hidden, 'notifications/setPreferences', all)
  await go(hidden, '/learn')
  await sendTo(mine, 'Lina', 'Secret', 'More words')
  await hidden.page.getByRole('link', { name: /Messages.*unread/ }).waitFor()
  await expect
    .poll(() => hidden.page.getByRole('button', { name: 'Notifications, 2 unread' }).count(), {
      timeout: 40_000,
    })
    .toBe(1)
  expect(await shown()).toEqual([])
  expect(hidden.troubles).toEqual([])
  await hidden.page.context().close()
  await mine.page.context().close()
}, 180_000)
