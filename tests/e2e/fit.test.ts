import type { Locator } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { signedIn } from './practice.ts'
import type { Look } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

async function opened(address: string, look: Look = {}) {
  const screen = await signedIn(stage, look)
  onTestFailed(() => screen.explain('fit-failed'))
  const { page } = screen
  await page.goto(`${stage.program.url}/#${address}`)
  await page.locator('h1').first().waitFor()
  await screen.settled()
  return screen
}

/** How far the content of a box is longer or wider than the box. */
const overhang = (box: Locator) =>
  box.evaluate((element) => ({
    x: element.scrollWidth - element.clientWidth,
    y: element.scrollHeight - element.clientHeight,
  }))

const middleOf = async (box: Locator) => {
  const { x = 0, width = 0 } = (await box.boundingBox()) ?? {}
  return x + width / 2
}

it('shows a warning whole above a page that is longer than the window, and scrolls the side menu to no side', async () => {
  const screen = await signedIn(stage)
  onTestFailed(() => screen.explain('fit-failed'))
  const { page } = screen
  const notice = { id: 1, way: 'admin', by: 'Amélie Fontaine', at: '2026-11-23T08:00:00.000Z' }
  await page.route('**/rpc/identity/notices', (route) => route.fulfill({ json: { json: [notice] } }))
  const unread = { messages: 3, notifications: 0, newest: null }
  await page.route('**/rpc/notifications/unread', (route) => route.fulfill({ json: { json: unread } }))
  await page.goto(`${stage.program.url}/#/privacy/retention`)
  await page.goto(`${stage.program.url}/#/`)
  const warning = page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Close' }) })
  await warning.waitFor()
  await screen.settled()
  await screen.picture('fit-warning')
  expect(await overhang(warning)).toEqual({ x: 0, y: 0 })
  const menu = page.getByRole('navigation').first()
  await menu.getByText('3', { exact: true }).waitFor()
  expect((await overhang(menu)).x).toBe(0)
})

it('shows both lines of three quarters of an hour, and one where there is room for one', async () => {
  const { client } = await signedIn(stage)
  const { rows } = await client.beneficiaries.list({ limit: 1 })
  const beneficiaryId = rows[0]?.id ?? 0
  const times = { quarters: ['09:00', '09:45'], half: ['11:00', '11:30'], hour: ['13:00', '14:00'] }
  for (const [title, [from, until]] of Object.entries(times)) {
    const [startTime, endTime] = [`2031-06-04T${from}:00.000Z`, `2031-06-04T${until}:00.000Z`]
    await client.appointments.create({ title, beneficiaryId, startTime, endTime })
  }
  const screen = await opened('/calendar?view=week&day=2031-06-04')
  const { page } = screen
  await screen.picture('fit-short-appointments')
  for (const title of Object.keys(times)) {
    const piece = page.getByRole('button', { name: title })
    await piece.waitFor()
    expect({ title, ...(await overhang(piece)) }).toMatchObject({ title, y: 0 })
  }

  await page
    .getByRole('searchbox', { name: /search/i })
    .last()
    .fill('nobody is called so')
  await page.getByText('Nothing planned here matches').waitFor()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await page.getByRole('button', { name: 'quarters' }).waitFor()

  // Only the last move of one appointment can be taken back.
  for (let moves = 0; moves < 3; moves += 1) {
    await page.getByRole('button', { name: 'hour' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')

    await screen.settled()
  }
  await expect.poll(() => page.getByRole('button', { name: 'Undo' }).count()).toBe(1)
  await screen.picture('fit-undo')
  const note = await page.getByRole('button', { name: 'Undo' }).boundingBox()
  expect(note?.y).toBeGreaterThan(500)
})

it('writes each percentage of a class report under the edge that it names', async () => {
  const { client } = await signedIn(stage)
  const { rows } = await client.results.list({})
  const screen = await opened(`/results/class/${rows[0]?.assessmentId ?? 0}`)
  const { page } = screen
  const ticks = page.getByText('60%', { exact: true }).first()
  await page.getByRole('heading', { name: 'How results are spread' }).scrollIntoViewIfNeeded()
  await screen.picture('fit-class-report')
  const [from, to] = [page.getByText('0%', { exact: true }).first(), page.getByText('100%', { exact: true }).first()]
  const [begin, end] = [await middleOf(from), await middleOf(to)]
  expect(Math.abs(begin + (end - begin) * 0.6 - (await middleOf(ticks)))).toBeLessThan(2)
  const columns = ticks.locator('xpath=../preceding-sibling::div')
  const { x = 0, width = 0 } = (await columns.boundingBox()) ?? {}
  expect([Math.abs(begin - x) < 2, Math.abs(end - x - width) < 2]).toEqual([true, true])
})

it('goes on showing how devices come into the room when the class screen locks itself', async () => {
  const screen = await signedIn(stage)
  onTestFailed(() => screen.explain('fit-failed'))
  const { page, client } = screen
  const { rows } = await client.results.list({})
  const [network] = await client.classroom.networks()
  const address = network?.address ?? '127.0.0.1'
  await client.classroom.start({ assessmentIds: [rows[0]?.assessmentId ?? 0], address, port: 0 })
  const room = await client.classroom.current()
  const code = `${room?.code.slice(0, 3)} ${room?.code.slice(3)}`
  await page.goto(`${stage.program.url}/#/classroom`)
  await page.getByText(code).waitFor()
  await client.identity.lock()
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /locked/i })
    .waitFor()
  await page.getByText(code).waitFor()
  await page.getByRole('img', { name: /./ }).first().waitFor()
  await screen.settled()
  await screen.picture('fit-locked-room')
  await page.reload()
  await expect.poll(() => page.getByText(code).count()).toBe(1)
  await client.identity.unlock({ password: 'practice' })
  await client.classroom.end()
})
