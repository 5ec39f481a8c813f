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
