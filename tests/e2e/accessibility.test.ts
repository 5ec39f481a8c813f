import { describe, expect, it, onTestFailed } from 'vitest'
import { squareJpeg } from '../support/pictures.ts'
import { barriersOn, ofColours } from './barriers.ts'
import { whatOpens } from './opened.ts'
import { clientOf, trainer } from './practice.ts'
import { type Look, newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

/** The screens of a trainer in the practice centre, by what their pictures are called. */
const places = {
  today: '/#/today',
  beneficiaries: '/#/beneficiaries',
  beneficiary: '/#/beneficiaries/1',
  'file-data': '/#/beneficiaries/1/file',
  'file-timeline': '/#/beneficiaries/1/file?part=timeline',
  'file-plan': '/#/beneficiaries/1/file?part=plan',
  'file-progress': '/#/beneficiaries/1/file?part=progress',
  'file-changes': '/#/beneficiaries/1/file?part=changes',
  duplicates: '/#/beneficiaries/duplicates',
  'people-trash': '/#/beneficiaries/trash',
  'merge-files': '/#/beneficiaries/1/merge/2',
  'people-import': '/#/beneficiaries/import',
  'own-fields': '/#/own-fields',
  'calendar-day': '/#/calendar?view=day',
  'calendar-week': '/#/calendar?view=week',
  'calendar-month': '/#/calendar?view=month',
  'calendar-list': '/#/calendar?view=list',
  'new-appointment': '/#/calendar/new',
  appointment: '/#/calendar/4',
  documents: '/#/documents',
  'documents-removed': '/#/documents?which=deleted',
  'documents-none': '/#/documents?search=nothing',
  document: '/#/documents/1',
  messages: '/#/messages',
  'message-drafts': '/#/messages?box=drafts',
  'new-message': '/#/messages/draft/new-a',
  assessments: '/#/assessments',
  assessment: '/#/assessments/2',
  analysis: '/#/assessments/2/analysis',
  bank: '/#/bank',
  key: '/#/assessments/2/key',
  'key-of-one': '/#/assessments/2/key?question=9',
  results: '/#/results',
  attempt: '/#/results/1',
  replay: '/#/results/1/replay',
  'class-report': '/#/results/class/2',
  'learner-report': '/#/results/learner/1',
  grading: '/#/grading',
  receipts: '/#/receipts',
  classroom: '/#/classroom',
  'kiosk-setup': '/#/kiosk-setup',
  team: '/#/team',
  devices: '/#/devices',
  organizations: '/#/organizations',
  keys: '/#/keys',
  backups: '/#/backups',
  sync: '/#/sync',
  conflicts: '/#/sync/conflicts',
  account: '/#/account',
  'recovery-codes': '/#/account/recovery-codes',
  'calendar-accounts': '/#/account/calendars',
  'sign-in-help': '/#/sign-in-help',
  activity: '/#/activity',
  errors: '/#/activity/errors',
  proof: '/#/activity/proof',
  privacy: '/#/privacy',
  retention: '/#/privacy/retention',
  consent: '/#/privacy/consent',
  holds: '/#/privacy/holds',
  register: '/#/privacy/register',
}

const looks: Record<string, Look> = {
  light: {},
  dark: { dark: true },
  arabic: { language: 'ar' },
  phone: { width: 390, height: 844, language: 'fr-FR' },
}

/** The dark is the light in other colours: whatever else axe knows has been said of that. */
const barriersIn = ({ dark }: Look, page: Screen['page']) => barriersOn(page, dark ? ofColours : undefined)

async function visit(screen: Screen, address: string) {
  await screen.page.goto(stage.program.url + address)
  // On a narrow screen an open message stands in place of the list and its h1.
  await screen.page.locator(':is(h1, h2):visible').first().waitFor()
  await screen.settled()
}

describe('without a barrier', () => {
  it('opens the practice centre from the first screen', async () => {
    const screen = await openScreen(await newProfile(stage.browser))
    await visit(screen, '/')
    expect(await barriersOn(screen.page)).toEqual([])
    await screen.page.getByText('Open a practice centre').click()
    await screen.page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
    await screen.picture('practice-centre')
  })

  it.each(Object.entries(looks))('shows every screen of a trainer: %s', { timeout: 300_000 }, async (name, look) => {
    const screen = await openScreen(await newProfile(stage.browser, look))
    onTestFailed(() => screen.explain('failed'))
    await signIn(screen)
    const found: Record<string, string[]> = {}
    await linkedPeople(screen)
    const message = `/#/messages/${await messageTo(screen, { roles: ['student'] })}`
    for (const [place, address] of Object.entries({ ...places, message })) {
      await visit(screen, address)
      await screen.picture(`${name}-${place}`)
      const problems = await barriersIn(look, screen.page)
      if (problems.length > 0) found[place] = problems
    }
    // Arabic is as light as this one, and each of these takes a second.
    const opened: Record<string, () => Promise<unknown>> =
      name === 'light' ? {} : await whatOpens(screen, call, look.language ?? 'en')
    for (const [place, open] of Object.entries(opened)) {
      await open()
      await screen.settled()
      await screen.picture(`${name}-${place}`)
      const problems = await barriersIn(look, screen.page)
      if (problems.length > 0) found[place] = problems
    }
    await screen.page.keyboard.press('Control+k')
    await screen.page.locator('input:focus').pressSequentially('an')
    await screen.page.getByRole('option').first().waitFor()
    await screen.picture(`${name}-palette`)
    const inPalette = await barriersIn(look, screen.page)
    if (inPalette.length > 0) found['palette'] = inPalette
    expect(found).toEqual({})
    expect(screen.troubles).toEqual([])
  })

  it.each(Object.entries(looks))('shows the sign-in, the ways back in and a locked screen: %s', async (name, look) => {
    const screen = await openScreen(await newProfile(stage.browser, look))
    onTestFailed(() => screen.explain('failed'))
    const found: Record<string, string[]> = {}
    const examine = async (place: string) => {
      await screen.settled()
      await screen.picture(`${name}-${place}`)
      // The button for the colours has another name in the dark.
      const problems = await barriersOn(screen.page)
      if (problems.length > 0) found[place] = problems
    }
    const gone = { state: 'ended', isPractice: false, organizationName: 'Al-Amal', version: '1' }
    await screen.page.route('**/rpc/setup/status', (route) => route.fulfill({ json: { json: gone } }))
    await visit(screen, '/')
    await examine('account-ended')
    await screen.page.unroute('**/rpc/setup/status')
    await screen.page.goto('about:blank')
    await visit(screen, '/#/sign-in')
    await examine('sign-in')
    await visit(screen, '/#/forgotten?email=trainer%40practice.example')
    await examine('forgotten')
    await screen.page.locator('[role=radiogroup] label').last().click()
    await screen.page.locator('button[type=submit]').click()
    await screen.page.locator('[role=alert]').first().waitFor()
    await examine('no-head-office')
    // As where head office has a key.
    const request = { json: { json: { request: 'ABCD-EFGH-JKMN' } } }
    await screen.page.route('**/rpc/identity/requestByPhone', (route) => route.fulfill(request))
    await screen.page.locator('button[type=submit]').click()
    await screen.page.locator('output').waitFor()
    await examine('by-phone')
    await signIn(screen)
    await call(screen.page, 'identity/lock', undefined)
    await screen.page.reload()
    await screen.page.locator('h1').waitFor()
    await examine('locked')
    expect(found).toEqual({})
    expect(screen.troubles).toEqual([])
  })

  it.each(Object.entries(looks))('shows a learner what they are told and written: %s', async (name, look) => {
    const screen = await openScreen(await newProfile(stage.browser, look))
    onTestFailed(() => screen.explain('failed'))
    await signIn(screen)
    const learner = await learnerWithPassword(screen)
    const thread = await messageTo(screen, { roles: ['student'] })
    await call(screen.page, 'identity/signIn', learner)
    await screen.page.goto('about:blank')
    const found: Record<string, string[]> = {}
    const examine = async (place: string) => {
      await screen.settled()
      await screen.picture(`${name}-learner-${place}`)
      const problems = await barriersIn(look, screen.page)
      if (problems.length > 0) found[place] = problems
    }
    const addresses = {
      home: '/#/learn',
      messages: '/#/messages',
      message: `/#/messages/${thread}`,
      account: '/#/account',
    }
    for (const [place, address] of Object.entries(addresses)) {
      await visit(screen, address)
      await examine(place)
    }
    await screen.page.locator('button[aria-haspopup=dialog]').first().click()
    await screen.page.getByRole('dialog').getByRole('list').waitFor()
    await examine('notifications')
    expect(found).toEqual({})
    expect(screen.troubles).toEqual([])
  })

  it.each(Object.entries(looks))('shows the kiosk: %s', async (name, look) => {
    const screen = await openScreen(await newProfile(stage.browser, look))
    onTestFailed(() => screen.explain('failed'))
    await signIn(screen)
    const found: Record<string, string[]> = {}
    const examine = async (place: string) => {
      await screen.settled()
      await screen.picture(`${name}-kiosk-${place}`)
      const problems = await barriersIn(look, screen.page)
      if (problems.length > 0) found[place] = problems
    }
    await openKiosk(screen)
    await examine('roster')
    await screen.page.getByRole('main').getByRole('list').getByRole('button').first().click()
    await screen.page.locator('article').first().waitFor()
    await examine('menu')
    expect(found).toEqual({})
  })
})

describe('an open classroom without a barrier', () => {
  it.each(Object.entries(looks))('for the trainer and at the door of the room: %s', async (name, look) => {
    const screen = await openScreen(await newProfile(stage.browser, look))
    onTestFailed(() => screen.explain('failed'))
    await signIn(screen)
    const found: Record<string, string[]> = {}
    const examine = async ({ page, picture, settled }: Screen, place: string) => {
      await page.locator('h1').first().waitFor()
      await settled()
      await picture(`${name}-classroom-${place}`)
      const problems = await barriersOn(page)
      if (problems.length > 0) found[place] = problems
    }
    for (const security of ['encrypted', 'open']) {
      const place = { address: '127.0.0.1', port: 0, security }
      await call(screen.page, 'classroom/start', { assessmentIds: [2], ...place })
      await screen.page.goto('about:blank')
      await screen.page.goto(`${stage.program.url}/#/classroom`)
      await screen.page.getByRole('img').first().waitFor()
      await examine(screen, security)
      if (security === 'encrypted') {
        await call(screen.page, 'classroom/end', undefined)
        continue
      }
      const address = await screen.page.locator('bdi').first().textContent()
      const device = await openScreen(screen.page.context())
      await device.page.goto(`${address}/`)
      await examine(device, 'door')
      await device.page.close()
      await screen.page.goto(`${stage.program.url}/#/assessments`)
      await examine(screen, 'banner')
      await call(screen.page, 'classroom/end', undefined)
    }
    expect(found).toEqual({})
  })
})

/** The words on the screen differ by language. */
async function signIn({ page }: Screen) {
  await clientOf(page.context(), stage.program.url).identity.signIn(trainer)
  await page.goto('about:blank')
  await page.goto(stage.program.url)
  // Whoever goes on before the first screen is there is taken to it.
  await page.locator('h1:visible').first().waitFor()
}

/** Two people who are linked, and two files of which somebody has said that they are not one person. */
async function linkedPeople({ page }: Screen) {
  const link = { beneficiaryId: 1, otherId: 2 }
  const there = await call<object[]>(page, 'links/list', { beneficiaryId: 1 })
  if (there.length === 0) await call(page, 'links/create', { ...link, role: 'sibling' })
  await call(page, 'links/setApart', link)
  if ((await call<object[]>(page, 'peopleTrash/list', undefined)).length === 0) {
    const { id } = await call<{ id: number }>(page, 'beneficiaries/create', { name: 'Sent to the Trash by Mistake' })
    await call(page, 'peopleTrash/put', { id })
  }
  await call(page, 'photos/set', { beneficiaryId: 2, base64: squareJpeg.toString('base64') })
}

/** A message of the trainer, with a draft beside it; returns the conversation. */
async function messageTo({ page }: Screen, recipients: object): Promise<string> {
  if ((await call<object[]>(page, 'messages/drafts', undefined)).length === 0) {
    const draft = { name: 'new-a', edit: 1, subject: 'Half', content: 'a sentence', recipients }
    await call(page, 'messages/saveDraft', draft)
  }
  const name = `new-${Date.now()}`
  await call(page, 'messages/saveDraft', {
    name,
    edit: 1,
    subject: 'موعد Tomorrow',
    content: 'Words. '.repeat(60),
    recipients,
  })
  return (await call<{ thread: string }>(page, 'messages/send', { name, edit: 1 })).thread
}

async function learnerWithPassword({ page }: Screen) {
  const learner = { email: 'learner@practice.example', password: 'a long password' }
  const { rows } = await call<{ rows: { id: number }[] }>(page, 'beneficiaries/list', {})
  const beneficiaryId = rows[0]?.id
  const person = await call<object>(page, 'beneficiaries/get', { id: beneficiaryId })
  await call(page, 'beneficiaries/update', { ...person, email: learner.email })
  await call(page, 'identity/setLearnerPassword', { beneficiaryId, password: learner.password })
  return learner
}

async function openKiosk({ page }: Screen) {
  await call(page, 'identity/openKiosk', undefined)
  await page.goto('about:blank')
  await page.goto(`${stage.program.url}/#/learn`)
  await page.locator('h1').first().waitFor()
}

async function call<Answer = unknown>(page: Screen['page'], procedure: string, input: unknown): Promise<Answer> {
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
