import type { Locator } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { calendarUser, radicaleMissing, startRadicale } from '../support/radicale.ts'
import { signedIn } from './practice.ts'
import type { Look, Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

async function calendar(address = '?view=week&day=2031-03-05', look: Look = {}) {
  const screen = await signedIn(stage, look)
  onTestFailed(() => screen.explain('calendar-failed'))
  const { page } = screen
  await page.goto(`${stage.program.url}/#/calendar${address}`)
  await page.locator('h1').waitFor()
  await screen.settled()
  return screen
}

/** Writes a new appointment down and saves it. */
async function plan({ page }: Screen, title: string, start: string) {
  await page.getByRole('link', { name: 'New appointment' }).first().click()
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('From').fill(start)
  await page.getByRole('button', { name: 'Save appointment' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

const block = ({ page }: Screen, title: string) => page.getByRole('button', { name: title })

it('keeps what was typed into a new appointment over a reload, and says who is booked before it is saved', async () => {
  const screen = await calendar()
  const { page } = screen
  await plan(screen, 'First talk', '2031-03-05T09:00')
  await expect.poll(() => block(screen, 'First talk').count()).toBe(1)

  await page.getByRole('link', { name: 'New appointment' }).first().click()
  await page.getByLabel('Title').fill('Second talk')
  await page.getByLabel('From').fill('2031-03-05T09:30')
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.getByText('Booked at the same time').waitFor()
  await expect.poll(() => page.getByLabel('Title').inputValue()).toBe('Second talk')
  expect(await page.getByLabel('Until').inputValue()).toBe('2031-03-05T10:30')
  await page.getByRole('button', { name: 'Save all the same' }).click()
  await expect.poll(() => block(screen, 'Second talk').count()).toBe(1)
  expect(screen.troubles).toEqual([])
}, 120_000)

it('moves and lengthens with the pointer, takes it back, and refuses nothing that is booked', async () => {
  const screen = await calendar('?view=week&day=2031-03-12')
  const { page } = screen
  await plan(screen, 'Movable', '2031-03-12T09:00')
  const box = async () => {
    await screen.settled()
    return (await block(screen, 'Movable').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  }
  const drag = async (from: { x: number; y: number }, by: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 5 })
    await page.mouse.up()
  }
  const begun = await box()
  await drag({ x: begun.x + 40, y: begun.y + 10 }, { x: begun.width, y: 48 })
  await block(screen, 'Thursday 13 March, 10:00–11:00').waitFor()
  expect(page.url()).toMatch(/#\/calendar\?/)
  await page.getByRole('button', { name: 'Undo' }).click()
  await block(screen, 'Wednesday 12 March, 09:00–10:00').waitFor()
  await page.getByText('It is as it was before.').waitFor()

  const again = await box()
  await drag({ x: again.x + 40, y: again.y + again.height - 3 }, { x: 0, y: 24 })
  await block(screen, 'Wednesday 12 March, 09:00–10:30').waitFor()
  await page.reload()
  await block(screen, 'Wednesday 12 March, 09:00–10:30').waitFor()
  expect(screen.troubles).toEqual([])
}, 120_000)

it('moves by the keyboard, says where it is held, and leaves it as it was on Escape', async () => {
  const screen = await calendar('?view=week&day=2031-03-19')
  const { page } = screen
  await plan(screen, 'Keyed', '2031-03-19T09:00')
  await plan(screen, 'In the way', '2031-03-20T09:15')
  await block(screen, 'Keyed').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.getByText('Thursday 20 March, 09:15–10:15. Enter saves').waitFor({ state: 'attached' })
  await page.keyboard.press('Escape')
  await block(screen, 'Keyed, Wednesday 19 March, 09:00–10:00').waitFor()

  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('In the way').waitFor()
  await page.getByRole('button', { name: 'Move all the same' }).click()
  await block(screen, 'Keyed, Thursday 20 March, 09:00–10:15').waitFor()
  expect(screen.troubles).toEqual([])
}, 120_000)

it('prints the list of the days that are shown, whatever the view', async () => {
  const screen = await calendar('?view=week&day=2032-04-07')
  const { page } = screen
  await plan(screen, 'On paper', '2032-04-07T09:00')
  await page.emulateMedia({ media: 'print' })
  for (const view of ['day', 'week', 'month', 'list']) {
    await page.goto(`${stage.program.url}/#/calendar?view=${view}&day=2032-04-07`)
    await screen.settled()
    await page.getByRole('link', { name: /On paper/ }).waitFor()
    expect(await page.getByRole('link', { name: /On paper/ }).count()).toBe(1)
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
  }
  expect(screen.troubles).toEqual([])
}, 120_000)

it.each(['en-GB', 'ar'])('opens a week on a phone at its day, and comes back to today: %s', async (language) => {
  // A Friday: the last day of a week where Arabic is read, and past the edge of the screen elsewhere.
  const screen = await calendar('?view=week&day=2031-03-07', { width: 390, height: 844, language })
  const { page } = screen
  const heads = page.locator('[data-days="7"] a[href*="view=day"]')
  const isSeen = async (head: Locator) => {
    const [frame, box] = [await page.locator('[data-days="7"]').boundingBox(), await head.boundingBox()]
    if (!frame || !box) return false
    // The hours stand at the side where a line begins.
    const [from, until] = language === 'ar' ? [0, 72] : [72, 0]
    return box.x > frame.x + from - 1 && box.x + box.width < frame.x + frame.width - until + 1
  }
  await expect.poll(() => isSeen(page.locator('[data-days="7"] a[href*="2031-03-07"]'))).toBe(true)
  expect(await isSeen(heads.first()), 'the first day of the week').toBe(false)
  await page.getByRole('button', { name: language === 'ar' ? 'اليوم' : 'Today', exact: true }).click()
  const today = page.locator('[data-days="7"] a[aria-current=date]')
  await expect.poll(() => isSeen(today)).toBe(true)
  await heads[(await isSeen(heads.first())) ? 'last' : 'first']().scrollIntoViewIfNeeded()
  await page.getByRole('button', { name: language === 'ar' ? 'اليوم' : 'Today', exact: true }).click()
  await expect.poll(() => isSeen(today)).toBe(true)

  // The narrowest that a page has to be read at.
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(`${stage.program.url}/#/beneficiaries/1/file?part=changes`)
  const tabs = page.getByRole('navigation').filter({ has: page.locator('a[href$="part=changes"]') })
  await expect.poll(() => tabs.getAttribute('data-more'), { timeout: 8000 }).toBe(language === 'ar' ? 'right' : 'left')
  await tabs.getByRole('link').first().focus()
  await expect.poll(() => tabs.getAttribute('data-more')).toBe(language === 'ar' ? 'left' : 'right')
  expect((await tabs.boundingBox())?.height, 'one line').toBeLessThan(50)
  expect(screen.troubles).toEqual([])
})

it('deletes and puts back, in every view', async () => {
  const screen = await calendar('?view=list&day=2031-03-25')
  const { page } = screen
  await page.getByText('Nothing planned yet').waitFor()
  await plan(screen, 'Short-lived', '2031-03-26T09:00')
  await page.getByRole('link', { name: /Short-lived/ }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: /Short-lived/ }).waitFor()
  for (const view of ['Day', 'Week', 'Month', 'List']) {
    await page.getByText(view, { exact: true }).click()
    await page.getByRole('heading', { name: 'Calendar' }).waitFor()
    await screen.settled()
  }
  await page.getByRole('searchbox').fill('zzz')
  await page.getByText('Nothing planned here matches').waitFor()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await page.getByRole('link', { name: /Short-lived/ }).waitFor()
  expect(screen.troubles).toEqual([])
}, 120_000)

it('plans a series, asks how far a change goes, and takes it back', async () => {
  const screen = await calendar('?view=month&day=2033-03-01')
  const { page } = screen
  const chips = (name: RegExp | string) => page.locator('td').getByRole('link', { name })
  await page.getByRole('link', { name: 'New appointment' }).first().click()
  await page.getByLabel('Title').fill('Choir')
  await page.getByLabel('From').fill('2033-03-07T09:00')
  await page.getByRole('combobox', { name: 'Repeats' }).click()
  await page.getByRole('option', { name: 'Every week' }).click()
  await page.getByRole('combobox', { name: 'Ends' }).click()
  await page.getByRole('option', { name: 'After a number of times' }).click()
  await page.getByRole('button', { name: 'Save appointment' }).click()
  await page.getByText('Say how many times, as a whole number.').waitFor()
  await page.getByLabel('How many times').fill('4')
  await page.getByRole('button', { name: 'Save appointment' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => chips('Choir').count()).toBe(4)

  await chips('Choir').nth(1).click()
  await page.getByText('Every week, 4 times').waitFor()
  const kept = page.waitForResponse((response) => response.url().endsWith('/unsaved/keep') && response.ok())
  await page.getByLabel('Title').fill('Choir in the hall')
  await kept
  await page.reload()
  await page.getByText('What you typed here before is back').waitFor()
  await expect.poll(() => page.getByLabel('Title').inputValue()).toBe('Choir in the hall')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByRole('button', { name: 'This and the following ones' }).click()
  await expect.poll(() => chips('Choir in the hall').count()).toBe(3)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => chips('Choir in the hall').count()).toBe(0)
  await expect.poll(() => chips('Choir').count()).toBe(4)

  await page.goto(`${stage.program.url}/#/calendar?view=week&day=2033-03-16`)
  await block(screen, 'Choir, Monday 14 March, 09:00–10:00').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'This one only' }).click()
  await block(screen, 'Choir, Monday 14 March, 09:15–10:15').waitFor()
  await block(screen, 'Choir, Monday 14 March, 09:15–10:15').click()
  await page.getByText('One of a series, different from the others').waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'All of the series' }).click()
  await expect.poll(() => block(screen, 'Choir').count()).toBe(0)
  expect(screen.troubles).toEqual([])
}, 120_000)

it('notes who was there by one key, reads a calendar file, and brings back what was deleted', async () => {
  const screen = await calendar('?view=month&day=2034-05-01')
  const { page } = screen
  await page.getByRole('link', { name: 'New appointment' }).first().click()
  await page.getByLabel('Title').fill('Sewing')
  await page.getByLabel('From').fill('2034-05-08T09:00')
  await page.getByRole('combobox', { name: 'Learner' }).click()
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: 'Save appointment' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('link', { name: /Sewing/ }).click()
  await page.getByRole('button', { name: 'Present', exact: true }).focus()
  await page.keyboard.press('l')
  await page.getByRole('button', { name: 'Late', exact: true, pressed: true }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Late', exact: true, pressed: true }).waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Deleted appointments…' }).click()
  await page.getByRole('button', { name: 'Bring back “Sewing”' }).click()
  await page.getByText('“Sewing” is back in the calendar.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: /Sewing/ }).waitFor()

  const lines = ['UID:1', 'SUMMARY:Fair', 'DTSTART:20340510T080000Z', 'RRULE:FREQ=DAILY;COUNT=3', 'END:VEVENT']
  const text = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'BEGIN:VEVENT', 'END:VEVENT', 'END:VCALENDAR'].join('\n')
  const file = { name: 'town.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('New: 1 · changed: 0 · as they are: 0').waitFor()
  await page.getByText('Line 8: It has no beginning.').waitFor()
  await page.getByRole('button', { name: 'Read it in' }).click()
  await expect.poll(() => page.locator('td').getByRole('link', { name: 'Fair' }).count()).toBe(3)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => page.locator('td').getByRole('link', { name: 'Fair' }).count()).toBe(0)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Save what is shown as a calendar file' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^Calendar.*\.ics$/)
  expect(screen.troubles).toEqual([])
}, 120_000)

it('takes a calendar elsewhere with its address alone, tells it the times and shows when one is busy there', async (context) => {
  const reason = await radicaleMissing()
  if (reason) {
    context.task.meta.skipReason = reason
    return context.skip(true, reason)
  }
  await using server = await startRadicale()
  const there = await server.calendar('work')
  const dentist = ['UID:dentist', 'DTSTAMP:20310301T000000Z', 'DTSTART:20310305T120000Z', 'SUMMARY:Dentist']
  await there.put(
    'dentist.ics',
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', ...dentist, 'END:VEVENT', 'END:VCALENDAR', ''].join(
      '\r\n',
    ),
  )
  const screen = await calendar()
  const { page } = screen
  await plan(screen, 'Talk with nobody else', '2031-03-06T14:00')
  await page.goto(`${stage.program.url}/#/account/calendars`)
  await page.getByRole('button', { name: 'Add a calendar' }).click()
  await page.getByLabel('Address of the server').fill(server.address)
  await page.getByLabel('User name there').fill(calendarUser.userName)
  await page.getByLabel('Password there').fill('wrong')
  await page.getByRole('button', { name: 'Find my calendars' }).click()
  await page.getByText('does not take this name and password').waitFor()
  await page.getByLabel('Password there').fill(calendarUser.password)
  await page.getByRole('button', { name: 'Find my calendars' }).click()
  await page.getByText('What may this calendar be told?').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Add a calendar' }).click()
  await page.getByText('Up to date').waitFor()
  await page.getByText('Only the times go there, without titles or names.').waitFor()
  const texts = [...(await there.events()).values()].join()
  expect(texts).toContain('SUMMARY:Appointment')
  expect(texts).not.toContain('Talk with nobody else')
  await page.goto(`${stage.program.url}/#/calendar?view=week&day=2031-03-05`)
  await page.locator('[title^="Busy: Dentist"]').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Make it an appointment' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect(await page.getByLabel('Title').inputValue()).toBe('Dentist')
  expect(await page.getByLabel('From').inputValue()).toMatch(/^2031-03-05T\d\d:00$/)
  expect(await page.getByText('Booked at the same time').count()).toBe(0)
  await page.getByRole('button', { name: 'Save appointment' }).click()
  await page.getByText('“Dentist” is an appointment now.').waitFor()
  await page.getByRole('button', { name: /^Dentist/ }).waitFor()
  await expect.poll(() => page.locator('[title^="Busy: Dentist"]').count()).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.locator('[title^="Busy: Dentist"]').waitFor()
  expect([...(await there.events()).keys()]).toContain('dentist.ics')
  expect(screen.troubles).toEqual([])
})
